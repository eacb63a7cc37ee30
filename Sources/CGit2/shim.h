#pragma once
#include <git2.h>
#include <git2/sys/odb_backend.h>

// git_libgit2_opts takes variable arguments, which Swift doesn't import: one function for each option that is set.

static inline int audit_git_set_search_path(int level, const char *path) {
  return git_libgit2_opts(GIT_OPT_SET_SEARCH_PATH, level, path);
}

static inline int audit_git_set_strict_hash_verification(int enabled) {
  return git_libgit2_opts(GIT_OPT_ENABLE_STRICT_HASH_VERIFICATION, enabled);
}

static inline int audit_git_set_owner_validation(int enabled) {
  return git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, enabled);
}

static inline int audit_git_set_extensions(const char *const *names, size_t count) {
  return git_libgit2_opts(GIT_OPT_SET_EXTENSIONS, names, count);
}

// Reads an object without computing the hash of its content, which git_odb_read does: GIT_ENOTFOUND where no backend has it.
// The data belongs to the caller, who gives it back with git_odb_backend_data_free and the backend.
static inline int audit_git_read_unverified(
    void **data, size_t *size, git_object_t *kind, git_odb_backend **backend, git_odb *database, const git_oid *id) {
  size_t count = git_odb_num_backends(database);
  for (size_t index = 0; index < count; index++) {
    if (git_odb_get_backend(backend, database, index) < 0 || !(*backend)->read) continue;
    int status = (*backend)->read(data, size, kind, *backend, id);
    if (status != GIT_ENOTFOUND) return status;
  }
  return GIT_ENOTFOUND;
}
