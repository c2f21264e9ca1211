/*
 * Behaves like a disk whose power fails: at the n-th write below a folder, all writes that no fsync followed are taken
 * back and the process ends at once. Loaded by LD_PRELOAD; GALLEY_CUT_DIR names the folder, GALLEY_CUT_AT the write.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct entry { dev_t dev; ino_t ino; int fd; off_t offset; size_t length; off_t size; char *old; struct entry *before; };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct entry *last = NULL;
static long writes = 0;

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

static int is_tracked(int fd, struct stat *info) {
  const char *folder = getenv("GALLEY_CUT_DIR");
  char link[64], path[4096];
  if (folder == NULL) return 0;
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length < 0) return 0;
  path[length] = 0;
  return strncmp(path, folder, strlen(folder)) == 0 && strstr(path, ".galley") != NULL && fstat(fd, info) == 0 && S_ISREG(info->st_mode);
}

/* A handle of our own, never closed: closing any handle would drop the locks of the process on this file. */
static int handle_for(int fd, const struct stat *info) {
  for (struct entry *at = last; at != NULL; at = at->before) if (at->dev == info->st_dev && at->ino == info->st_ino) return at->fd;
  static struct { dev_t dev; ino_t ino; int fd; } known[256];
  static int count = 0;
  for (int i = 0; i < count; i++) if (known[i].dev == info->st_dev && known[i].ino == info->st_ino) return known[i].fd;
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  int own = open(link, O_RDWR | O_CLOEXEC);
  if (own >= 0 && count < 256) { known[count].dev = info->st_dev; known[count].ino = info->st_ino; known[count++].fd = own; }
  return own;
}

static void cut(void) {
  for (struct entry *at = last; at != NULL; at = at->before) {
    if (at->length > 0) REAL(pwrite64)(at->fd, at->old, at->length, at->offset);
    REAL(ftruncate64)(at->fd, at->size);
  }
  _exit(86);
}

static void note(int fd, off_t offset, size_t length) {
  struct stat info;
  if (!is_tracked(fd, &info)) return;
  pthread_mutex_lock(&lock);
  const char *limit = getenv("GALLEY_CUT_AT");
  if (limit != NULL && ++writes >= atol(limit)) cut();
  struct entry *entry = calloc(1, sizeof *entry);
  entry->dev = info.st_dev; entry->ino = info.st_ino; entry->fd = handle_for(fd, &info); entry->offset = offset; entry->size = info.st_size;
  if (offset < info.st_size && length > 0) {
    entry->length = (off_t)(offset + length) > info.st_size ? (size_t)(info.st_size - offset) : length;
    entry->old = malloc(entry->length);
    if (pread64(entry->fd, entry->old, entry->length, offset) != (ssize_t)entry->length) entry->length = 0;
  }
  entry->before = last;
  last = entry;
  pthread_mutex_unlock(&lock);
}

static void forget(int fd) {
  struct stat info;
  if (!is_tracked(fd, &info)) return;
  pthread_mutex_lock(&lock);
  for (struct entry **at = &last; *at != NULL;) {
    struct entry *entry = *at;
    if (entry->dev == info.st_dev && entry->ino == info.st_ino) { *at = entry->before; free(entry->old); free(entry); } else at = &entry->before;
  }
  pthread_mutex_unlock(&lock);
}

ssize_t pwrite64(int fd, const void *bytes, size_t length, off64_t offset) { note(fd, offset, length); return REAL(pwrite64)(fd, bytes, length, offset); }
ssize_t pwrite(int fd, const void *bytes, size_t length, off_t offset) { note(fd, offset, length); return REAL(pwrite)(fd, bytes, length, offset); }
ssize_t write(int fd, const void *bytes, size_t length) {
  if (fd > 2) { off_t at = lseek(fd, 0, SEEK_CUR); if (at >= 0) note(fd, at, length); }
  return REAL(write)(fd, bytes, length);
}
static void note_truncation(int fd, off_t size) {
  struct stat info;
  if (fstat(fd, &info) == 0) note(fd, size, info.st_size > size ? (size_t)(info.st_size - size) : 0);
}
int ftruncate64(int fd, off64_t size) { note_truncation(fd, size); return REAL(ftruncate64)(fd, size); }
int ftruncate(int fd, off_t size) { note_truncation(fd, size); return REAL(ftruncate)(fd, size); }
int fsync(int fd) { int result = REAL(fsync)(fd); if (result == 0) forget(fd); return result; }
int fdatasync(int fd) { int result = REAL(fdatasync)(fd); if (result == 0) forget(fd); return result; }
