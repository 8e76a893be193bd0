using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Runtime.InteropServices;

namespace TopicGrpc.Testing.Processes;

/// <summary>
/// A server in a process of its own with a data folder of its own, which can be killed, paused and started again on its port.
/// </summary>
/// <param name="id">Id of the member, which names it in failures.</param>
/// <param name="folder">Data folder; kept over starts.</param>
/// <param name="program">Program.</param>
/// <param name="options">
/// Options of the server by their full names, passed as environment variables. Names without a colon are arguments of the fake server:
/// <c>delay</c> (milliseconds of a text), <c>log</c> (level; default Warning), <c>kill</c> and <c>marks</c> (stages of a fit that end the
/// process, and the folder that records them).
/// </param>
public sealed class MemberProcess(string id, string folder, MemberProgram program, IReadOnlyDictionary<string, string> options)
    : IAsyncDisposable
{
    private const string Announcement = "listening on ";
    private const int KeptLines = 100;
    private const int Stop = 19;
    private const int Continue = 18;
    private const int Terminate = 15;

    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(50);

    private readonly Queue<string> _lines = new();
    private readonly Lock _gate = new();
    private Process? _process;
    private int _port;

    public string Id => id;

    public string Folder => folder;

    /// <summary>Address for clients; kept over starts, known after the first.</summary>
    public Uri Address { get; private set; } = null!;

    public bool IsRunning => _process is { HasExited: false };

    /// <summary>The last lines that the process has written.</summary>
    public string Output
    {
        get
        {
            lock (_gate)
            {
                return string.Join('\n', _lines);
            }
        }
    }

    /// <summary>Starts the process and waits until it listens.</summary>
    /// <exception cref="InvalidOperationException">The process ended; the message has its output.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _process?.Dispose();
        TaskCompletionSource<Uri?> listening = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Process process = new() { StartInfo = Command() };
        process.OutputDataReceived += (_, line) => Read(line.Data, listening);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        _process = process;
        Uri? address = await listening.Task.WaitAsync(StartTimeout, cancellationToken);
        if (address is null)
        {
            await process.WaitForExitAsync(cancellationToken);
            throw new InvalidOperationException($"Member {id} did not start (exit code {process.ExitCode}): {Output}");
        }

        Address = address;
        _port = address.Port;
    }

    /// <summary>Waits until the server reports that it is ready.</summary>
    /// <exception cref="TimeoutException">It was not ready in time; the message has its last answer.</exception>
    public async Task WaitUntilReadyAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        using HttpClient client = new() { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(5) };
        long started = Stopwatch.GetTimestamp();
        string answer;
        while ((answer = await ReadinessAsync(client, cancellationToken)) != "ok")
        {
            if (Stopwatch.GetElapsedTime(started) > timeout)
            {
                throw new TimeoutException($"Member {id} is not ready after {timeout}: {answer}\n{Output}");
            }

            await Task.Delay(PollInterval, cancellationToken);
        }
    }

    /// <summary>Ends the process at once (SIGKILL), also while it is paused.</summary>
    public async Task KillAsync(CancellationToken cancellationToken)
    {
        _process!.Kill();
        await _process.WaitForExitAsync(cancellationToken);
    }

    /// <summary>Asks the process to stop (SIGTERM) and waits for its end.</summary>
    /// <returns>Exit code.</returns>
    public async Task<int> StopAsync(CancellationToken cancellationToken)
    {
        Signal(Terminate);
        return await WaitForEndAsync(cancellationToken);
    }

    /// <summary>Waits until the process has ended.</summary>
    /// <returns>Exit code.</returns>
    public async Task<int> WaitForEndAsync(CancellationToken cancellationToken)
    {
        await _process!.WaitForExitAsync(cancellationToken);
        return _process.ExitCode;
    }

    /// <summary>Pauses the process (SIGSTOP): its sockets stay open, and nothing runs.</summary>
    public void Pause() => Signal(Stop);

    /// <summary>Continues a paused process (SIGCONT).</summary>
    public void Resume() => Signal(Continue);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_process is null)
        {
            return;
        }

        if (IsRunning)
        {
            await KillAsync(CancellationToken.None);
        }

        _process.Dispose();
    }

    private static async Task<string> ReadinessAsync(HttpClient client, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, "/readyz")
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        try
        {
            using HttpResponseMessage response = await client.SendAsync(request, cancellationToken);
            string text = (await response.Content.ReadAsStringAsync(cancellationToken)).Trim();
            return response.IsSuccessStatusCode ? "ok" : text;
        }
        catch (Exception failure)
            when (failure is HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return failure.Message;
        }
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int process, int signal);

    private ProcessStartInfo Command()
    {
        string port = _port.ToString(CultureInfo.InvariantCulture);
        (string name, string[] arguments) = program switch
        {
            MemberProgram.Tool => ("topicgrpc",
                (string[])["serve", "--port", port, "--data", folder, "--precision", "fast", .. ToolArguments()]),
            _ => ("TopicGrpc.ChildServer", [folder, "port=" + port, .. FakeArguments()]),
        };
        ProcessStartInfo command = new(Path.Combine(AppContext.BaseDirectory, name), arguments)
        {
            // The fake server ends when its input ends, so that it does not survive its test.
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach ((string option, string value) in options.Where(static pair => pair.Key.Contains(':', StringComparison.Ordinal)))
        {
            command.Environment[option.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        return command;
    }

    // The tool logs its problems, and with this argument what the options say.
    private string[] ToolArguments() =>
        options.Keys.Any(static key => key.StartsWith("Logging:", StringComparison.Ordinal)) ? ["--verbose"] : [];

    private IEnumerable<string> FakeArguments() => options
        .Where(static pair => !pair.Key.Contains(':', StringComparison.Ordinal))
        .Select(static pair => $"{pair.Key}={pair.Value}")
        .Concat(options.ContainsKey("log") ? [] : ["log=Warning"]);

    private void Read(string? line, TaskCompletionSource<Uri?> listening)
    {
        Keep(line);
        if (line is null)
        {
            listening.TrySetResult(null);
            return;
        }

        string start = line.StartsWith(Announcement, StringComparison.Ordinal) ? line[Announcement.Length..].Split(',')[0] : line;
        if (start.StartsWith("http", StringComparison.Ordinal) && Uri.TryCreate(start, UriKind.Absolute, out Uri? address))
        {
            listening.TrySetResult(address);
        }
    }

    private void Keep(string? line)
    {
        lock (_gate)
        {
            if (line is not null)
            {
                _lines.Enqueue(line);
            }

            while (_lines.Count > KeptLines)
            {
                _lines.Dequeue();
            }
        }
    }

    private void Signal(int signal)
    {
        if (Kill(_process!.Id, signal) != 0)
        {
            throw new InvalidOperationException($"Member {id} cannot get signal {signal}: {Marshal.GetLastPInvokeErrorMessage()}.");
        }
    }
}
