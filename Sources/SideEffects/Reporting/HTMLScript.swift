/// The script of a plan's page: boxes that stay ticked, filters, copying. The page is whole without it.
enum HTMLScript {
  static let text = """

    (function () {
      'use strict';
      var key = 'audit-residue plan ' + document.body.dataset.key;
      var boxes = Array.from(document.querySelectorAll('input[type=checkbox][data-id]'));
      var steps = Array.from(document.querySelectorAll('.step'));
      var controls = document.getElementById('controls');
      var ticked = new Set();
      /* A private window may refuse its storage: then the boxes last as long as the page. */
      function load() { try { var kept = JSON.parse(localStorage.getItem(key) || '[]'); if (Array.isArray(kept)) { ticked = new Set(kept); } } catch (e) { } }
      function save() { try { localStorage.setItem(key, JSON.stringify(Array.from(ticked))); } catch (e) { } }
      function show() {
        boxes.forEach(function (box) {
          box.checked = ticked.has(box.dataset.id);
          var step = box.closest('.step');
          if (step) { step.classList.toggle('done', box.checked); }
        });
        var open = boxes.filter(function (box) { return !box.checked; }).length;
        document.getElementById('open').textContent = open + ' of ' + boxes.length + ' open';
      }
      function filter() {
        var owner = document.getElementById('owner'), kind = document.getElementById('kind');
        steps.forEach(function (step) {
          step.hidden = !!(owner && owner.value && step.dataset.owner !== owner.value) || !!(kind && kind.value && step.dataset.kind !== kind.value);
        });
        var hidden = steps.filter(function (step) { return step.hidden; }).length;
        document.getElementById('hidden').textContent = hidden ? hidden + (hidden === 1 ? ' step is' : ' steps are') + ' filtered out' : '';
      }
      function choice(id, label, name) {
        var values = Array.from(new Set(steps.map(function (step) { return step.dataset[name]; }))).filter(Boolean).sort();
        if (values.length < 2) { return; }
        var around = document.createElement('label'), select = document.createElement('select');
        select.id = id;
        select.add(new Option('all', ''));
        values.forEach(function (value) { select.add(new Option(value, value)); });
        select.addEventListener('change', filter);
        around.append(label + ' ', select);
        controls.insertBefore(around, document.getElementById('hidden'));
      }
      boxes.forEach(function (box) {
        box.addEventListener('change', function () {
          load();
          if (box.checked) { ticked.add(box.dataset.id); } else { ticked.delete(box.dataset.id); }
          save(); show();
        });
      });
      document.querySelectorAll('pre').forEach(function (block) {
        if (!navigator.clipboard) { return; }
        var button = document.createElement('button');
        button.type = 'button';
        button.textContent = 'Copy';
        button.setAttribute('aria-label', 'Copy: ' + block.getAttribute('aria-label'));
        button.addEventListener('click', function () {
          navigator.clipboard.writeText(block.textContent).then(
            function () { button.textContent = 'Copied'; }, function () { button.textContent = 'Select it and copy by hand'; });
        });
        var around = document.createElement('div');
        around.className = 'copy';
        block.replaceWith(around);
        around.append(block, button);
      });
      document.getElementById('reset').addEventListener('click', function () {
        if (confirm('Untick all boxes of this plan?')) { ticked = new Set(); save(); show(); }
      });
      window.addEventListener('storage', function (event) { if (event.key === key) { load(); show(); } });
      choice('owner', 'Owner', 'owner'); choice('kind', 'Kind', 'kind');
      controls.hidden = false;
      load(); show(); filter();
    })();

    """
}
