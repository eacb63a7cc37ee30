/* The least that it takes to read through libgit2 what changed between two commits: both trees of each folder that differs, and each
   changed file, on all threads. Nothing is searched, compared with before or kept.

   usage: floor [REPOSITORY BEFORE AFTER THREADS]

   Prints how many files it read, and ends with 1 where it could not; without arguments it makes libgit2 ready and ends. */
#include <git2.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

/* Two versions of a folder; an absent one has the id of zeros. */
typedef struct {
  git_oid before, after;
} folder;

typedef struct {
  folder *items;
  size_t count, room;
} folders;

typedef struct {
  int number;
  pthread_t thread;
  git_repository *repository;
  git_odb *objects;
  folders found;
  size_t files;
} worker;

static const char *path;
static folders level;
static int threads;

static void check(int code) {
  if (code >= 0) return;
  const git_error *error = git_error_last();
  fprintf(stderr, "floor: %s\n", error ? error->message : "?");
  exit(1);
}

static void add(folders *list, folder one) {
  if (list->count == list->room) {
    list->room = list->room ? 2 * list->room : 64;
    list->items = realloc(list->items, list->room * sizeof one);
    if (!list->items) abort();
  }
  list->items[list->count++] = one;
}

static git_tree *tree(worker *worker, const git_oid *id) {
  git_tree *tree = NULL;
  if (!git_oid_is_zero(id)) check(git_tree_lookup(&tree, worker->repository, id));
  return tree;
}

/* Reads an entry that differs, or notes its folder. */
static void take(worker *worker, const git_tree_entry *before, const git_tree_entry *after) {
  folder one = {0};
  if (before && git_tree_entry_type(before) == GIT_OBJECT_TREE) one.before = *git_tree_entry_id(before);
  if (after && git_tree_entry_type(after) == GIT_OBJECT_TREE) one.after = *git_tree_entry_id(after);
  if (!git_oid_is_zero(&one.before) || !git_oid_is_zero(&one.after)) add(&worker->found, one);
  if (!after || git_tree_entry_type(after) != GIT_OBJECT_BLOB) return;
  git_odb_object *object;
  int code = git_odb_read(&object, worker->objects, git_tree_entry_id(after));
  /* A clone need not have all files. */
  if (code == GIT_ENOTFOUND) return;
  check(code);
  git_odb_object_free(object);
  worker->files++;
}

static void compare(worker *worker, folder one) {
  git_tree *before = tree(worker, &one.before), *after = tree(worker, &one.after);
  size_t old_count = before ? git_tree_entrycount(before) : 0, new_count = after ? git_tree_entrycount(after) : 0;
  for (size_t i = 0, j = 0; i < old_count || j < new_count;) {
    const git_tree_entry *old = i < old_count ? git_tree_entry_byindex(before, i) : NULL;
    const git_tree_entry *new = j < new_count ? git_tree_entry_byindex(after, j) : NULL;
    int order = !old ? 1 : !new ? -1 : git_tree_entry_cmp(old, new);
    if (order > 0) old = NULL; else i++;
    if (order < 0) new = NULL; else j++;
    if (!old || !new || !git_oid_equal(git_tree_entry_id(old), git_tree_entry_id(new))) take(worker, old, new);
  }
  git_tree_free(before);
  git_tree_free(after);
}

static void *work(void *argument) {
  worker *worker = argument;
  if (!worker->repository) {
    check(git_repository_open(&worker->repository, path));
    check(git_repository_odb(&worker->objects, worker->repository));
  }
  /* Neighbours are stored as deltas of the same objects, so each thread has a range of them. */
  size_t last = level.count * (worker->number + 1) / threads;
  for (size_t i = level.count * worker->number / threads; i < last; i++) compare(worker, level.items[i]);
  return NULL;
}

static git_oid root(git_repository *repository, const char *revision) {
  git_object *object, *tree;
  check(git_revparse_single(&object, repository, revision));
  check(git_object_peel(&tree, object, GIT_OBJECT_TREE));
  return *git_object_id(tree);
}

int main(int count, char **arguments) {
  check(git_libgit2_init());
  if (count != 5) return count == 1 ? 0 : 2;
  path = arguments[1];
  threads = atoi(arguments[4]);
  worker *workers = calloc(threads, sizeof *workers);
  check(git_repository_open(&workers[0].repository, path));
  check(git_repository_odb(&workers[0].objects, workers[0].repository));
  add(&level, (folder){root(workers[0].repository, arguments[2]), root(workers[0].repository, arguments[3])});
  size_t files = 0;
  while (level.count) {
    for (int i = 1; i < threads; i++) {
      workers[i].number = i;
      if (pthread_create(&workers[i].thread, NULL, work, &workers[i])) abort();
    }
    work(&workers[0]);
    for (int i = 1; i < threads; i++) pthread_join(workers[i].thread, NULL);
    level.count = 0;
    for (int i = 0; i < threads; i++) {
      for (size_t j = 0; j < workers[i].found.count; j++) add(&level, workers[i].found.items[j]);
      workers[i].found.count = 0;
    }
  }
  for (int i = 0; i < threads; i++) files += workers[i].files;
  printf("%zu\n", files);
  return 0;
}
