/// The style of HTML reports: light, dark, narrow and on paper.
enum HTMLStyle {
  static let text = """

    :root{color-scheme:light dark;--ink:#1c2128;--soft:#57606a;--paper:#fff;--card:#f6f8fa;--line:#d0d7de;--link:#0550ae;--warn:#7a4100;--warnpaper:#fff4dc;--bad:#a40e26;--good:#116329}
    @media (prefers-color-scheme:dark){:root{--ink:#e6edf3;--soft:#9da7b3;--paper:#0d1117;--card:#161b22;--line:#3d444d;--link:#79b8ff;--warn:#f2cc60;--warnpaper:#2b2210;--bad:#ff9b93;--good:#7ee787}}
    *{box-sizing:border-box}
    body{margin:0 auto;max-width:60rem;padding:1.5rem 1rem 4rem;background:var(--paper);color:var(--ink);font:1rem/1.5 system-ui,sans-serif;overflow-wrap:anywhere}
    h1{font-size:1.5rem;line-height:1.25;margin:0 0 .5rem}h2{font-size:1.2rem;margin:2rem 0 .75rem}h3{font-size:1rem;margin:0}
    a{color:var(--link)}:focus-visible{outline:3px solid var(--link);outline-offset:2px}
    p{margin:.4rem 0}.soft{color:var(--soft)}
    .banner{border:1px solid var(--warn);border-left-width:.4rem;background:var(--warnpaper);padding:.6rem .9rem;margin:1rem 0;border-radius:.3rem}
    .banner a,.banner strong{color:var(--warn)}
    .controls{display:flex;flex-wrap:wrap;gap:.5rem 1rem;align-items:center;padding:.6rem 0;border-block:1px solid var(--line);margin:1rem 0}
    .controls[hidden],[hidden]{display:none!important}
    button,select{font:inherit;color:inherit;background:var(--card);border:1px solid var(--soft);border-radius:.3rem;padding:.15rem .6rem;max-width:100%}
    ol.steps,ul.hand{list-style:none;margin:0;padding:0}
    .step,.hand li{border:1px solid var(--line);border-radius:.4rem;padding:.8rem 1rem;margin:0 0 .8rem}
    .hand li{border-color:var(--warn)}
    .head{display:flex;gap:.6rem;align-items:flex-start}.head input,.hand input{width:1.15rem;height:1.15rem;margin:.18rem .5rem 0 0;flex:none}
    .hand label{display:flex}
    .step.done h3{text-decoration:line-through;color:var(--soft)}
    dl{display:grid;grid-template-columns:6rem minmax(0,1fr);gap:.25rem .75rem;margin:.6rem 0 0}dt{color:var(--soft)}dd{margin:0;min-width:0}
    dd p{margin:0 0 .1rem}.copy{position:relative}.copy button{position:absolute;top:.6rem;right:.4rem;font-size:.8rem;padding:.05rem .45rem}
    pre{margin:.3rem 0;padding:.6rem .8rem;background:var(--card);border:1px solid var(--line);border-radius:.3rem;overflow-x:auto;font:.85rem/1.45 ui-monospace,monospace;overflow-wrap:normal}
    code{font:.9em ui-monospace,monospace}
    .risk{font-weight:600}.risk.reversible{color:var(--good)}.risk.reversible-with-loss{color:var(--warn)}.risk.irreversible{color:var(--bad)}
    .table{overflow-x:auto}table{border-collapse:collapse;width:100%;font-size:.92rem}th,td{text-align:left;vertical-align:top;padding:.35rem .6rem .35rem 0;border-bottom:1px solid var(--line)}th{color:var(--soft);font-weight:600}caption{text-align:left;font-weight:600;padding:.6rem 0 .2rem}
    .picture{margin:1rem 0}.picture h2{margin-top:1rem}.picture svg{display:block;width:100%;max-width:27rem;height:auto;font:12px system-ui,sans-serif}.picture text{fill:var(--ink)}.picture .count{fill:var(--soft);font-size:11px}.mark text{font-size:12px;font-weight:700}.mark rect{fill:var(--paper);stroke:var(--soft)}.mark.stays rect{fill:var(--warn);stroke:var(--warn)}.mark.stays text{fill:var(--paper)}.mark.unknown rect{stroke:var(--bad);stroke-dasharray:3 2}.tie{fill:none;stroke:var(--link);stroke-width:1.2}
    th,td:first-child{white-space:nowrap;overflow-wrap:normal}td:nth-child(2){font-weight:600}td{min-width:5rem}
    @media (max-width:36rem){dl{grid-template-columns:minmax(0,1fr);gap:.1rem}dd{margin-bottom:.4rem}.table table,.table tbody,.table tr,.table td,.table caption{display:block}.table thead{position:absolute;left:-9999px}.table td{border:0;padding:.1rem 0}.table tr{border-bottom:1px solid var(--line);padding:.4rem 0}}
    @media print{:root{color-scheme:light;--ink:#000;--soft:#333;--paper:#fff;--card:#fff;--line:#777;--link:#000;--warn:#000;--warnpaper:#fff;--bad:#000;--good:#000}body{max-width:none;padding:0;font-size:9pt;line-height:1.35}h2{margin:1rem 0 .4rem}dl{gap:.1rem .6rem}.step,.hand li{padding:.5rem .7rem;margin-bottom:.5rem}.banner{margin:.5rem 0;padding:.3rem .6rem}.controls,button{display:none!important}.step[hidden]{display:block!important}.step,.hand li,tr{break-inside:avoid}.mark rect,.mark.stays rect{print-color-adjust:exact}h2,h3{break-after:avoid}pre{padding:.2rem .4rem;font-size:8pt;line-height:1.3;white-space:pre-wrap;overflow-wrap:anywhere}a[href^=http]{text-decoration:none}}

    """
}
