/* tests/support/peer.c: start, wait until it listens, stop. */
#include "support/peer.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define ARGUMENTS_MAX 40
#define STARTS 5         /* another program may take the port first */
#define PATIENCE 400     /* times 25 ms: valgrind on a busy machine */
#define NAP_US 25000

static void close_fd(int fd)
{
	if (fd >= 0)
		close(fd);
}

bool peer_has(const char *program)
{
	const char *path = getenv("PATH");
	char *copy = strdup(path ? path : "");
	bool found = false;

	for (char *folder = strtok(copy, ":"); folder && !found;
	     folder = strtok(NULL, ":")) {
		char file[512];

		snprintf(file, sizeof(file), "%s/%s", folder, program);
		found = access(file, X_OK) == 0;
	}
	free(copy);
	return found;
}

/*
 * The child dies with the test, and says nothing into its TAP. It holds both
 * ends of its input, which so never ends: s_server would hang up then.
 */
static void become_quiet(void)
{
	int null = open("/dev/null", O_WRONLY | O_CLOEXEC);
	int input[2];

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (pipe(input) == 0)
		dup2(input[0], STDIN_FILENO);
	dup2(null, STDOUT_FILENO);
	dup2(null, STDERR_FILENO);
}

static pid_t spawn(const char *const *command)
{
	char *arguments[ARGUMENTS_MAX + 1] = { NULL };
	pid_t pid;

	for (size_t i = 0; command[i] && i < ARGUMENTS_MAX; i++)
		arguments[i] = (char *)(uintptr_t)command[i];
	pid = fork();
	if (pid == 0) {
		become_quiet();
		execvp(arguments[0], arguments);
		_exit(127);
	}
	return pid;
}

bool peer_run(const char *const *command)
{
	pid_t pid = spawn(command);
	int status;

	return pid > 0 && waitpid(pid, &status, 0) == pid &&
	       WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

void peer_stop(struct peer *peer)
{
	if (peer->pid > 0) {
		kill(peer->pid, SIGKILL);
		waitpid(peer->pid, NULL, 0);
	}
	*peer = (struct peer){ 0 };
}

static int listen_on(struct sockaddr_in *address)
{
	socklen_t size = sizeof(*address);
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	*address = (struct sockaddr_in){
		.sin_family = AF_INET,
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK),
	};
	if (bind(fd, (struct sockaddr *)address, size) < 0 ||
	    listen(fd, 8) < 0 ||
	    getsockname(fd, (struct sockaddr *)address, &size) < 0) {
		close_fd(fd);
		return -1;
	}
	return fd;
}

uint16_t peer_free_port(void)
{
	struct sockaddr_in address;

	close_fd(listen_on(&address));
	return ntohs(address.sin_port);
}

static void serve(int listener, void (*talk)(int fd))
{
	for (;;) {
		int fd = accept(listener, NULL, NULL);

		if (fd < 0)
			continue;
		talk(fd);
		close(fd);
	}
}

bool peer_talk(struct peer *peer, void (*talk)(int fd))
{
	struct sockaddr_in address;
	int listener = listen_on(&address);

	if (listener < 0)
		return false;
	peer->port = ntohs(address.sin_port);
	peer->pid = fork();
	if (peer->pid == 0) {
		become_quiet();
		signal(SIGPIPE, SIG_IGN);
		serve(listener, talk);
	}
	close(listener);
	return peer->pid > 0;
}

/*
 * Looks at the kernel's table: a connection would be one more client, which
 * some servers count.
 */
static bool listens(const char *table, uint16_t port)
{
	FILE *file = fopen(table, "re");
	char line[256];
	bool found = false;

	while (file && !found && fgets(line, sizeof(line), file)) {
		unsigned local, state;

		found = sscanf(line, " %*d: %*[0-9A-F]:%X %*[0-9A-F]:%*X %X",
			       &local, &state) == 2 &&
			local == port && state == 0x0A;
	}
	if (file)
		fclose(file);
	return found;
}

static bool await_listening(struct peer *peer)
{
	for (int i = 0; i < PATIENCE; i++) {
		if (waitpid(peer->pid, NULL, WNOHANG) == peer->pid) {
			peer->pid = 0;
			return false;
		}
		if (listens("/proc/net/tcp", peer->port) ||
		    listens("/proc/net/tcp6", peer->port))
			return true;
		usleep(NAP_US);
	}
	return false;
}

bool peer_program(struct peer *peer, const char *const *command, char *port,
		  size_t size)
{
	for (int i = 0; i < STARTS; i++) {
		peer->port = peer_free_port();
		snprintf(port, size, "%u", peer->port);
		peer->pid = spawn(command);
		if (await_listening(peer))
			return true;
		peer_stop(peer);
	}
	return false;
}

/* `first` ends in an option that takes the text of where to listen. */
static bool start(struct peer *peer, const char *const *first,
		  const char *host, const char *const *options)
{
	const char *command[ARGUMENTS_MAX + 1] = { NULL };
	char where[64];
	size_t count = 0;
	size_t prefix = (size_t)snprintf(where, sizeof(where), "%s",
					 host);

	for (size_t i = 0; first[i]; i++)
		command[count++] = first[i];
	command[count++] = where;
	for (size_t i = 0; options[i] && count < ARGUMENTS_MAX; i++)
		command[count++] = options[i];
	return peer_program(peer, command, where + prefix,
			    sizeof(where) - prefix);
}

bool peer_openssl(struct peer *peer, const char *const *options)
{
	static const char *const FIRST[] = { "openssl", "s_server", "-quiet",
					     "-accept", NULL };

	return start(peer, FIRST, "127.0.0.1:", options);
}

bool peer_openssl_ipv6(struct peer *peer, const char *const *options)
{
	static const char *const FIRST[] = { "openssl", "s_server", "-quiet",
					     "-accept", NULL };

	return start(peer, FIRST, "[::1]:", options);
}

bool peer_gnutls(struct peer *peer, const char *const *options)
{
	static const char *const FIRST[] = { "gnutls-serv", "-q", "--port",
					     NULL };

	return start(peer, FIRST, "", options);
}
