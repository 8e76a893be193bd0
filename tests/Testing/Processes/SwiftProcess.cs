using System.Diagnostics;
using System.Globalization;

namespace TopicGrpc.Testing.Processes;

/// <summary>
/// An S3 server that is not ours: OpenStack Swift of the installed packages, with one device in a folder of its own. It verifies
/// signatures. Its own settings in <c>/etc/swift/swift.conf</c> are those of the package. Thread-safe.
/// </summary>
public sealed class SwiftProcess : IDisposable
{
    public const string KeyId = "test:tester";
    public const string Secret = "testing";

    private const string Programs = "/usr/bin";

    // swift-ring-builder ends with 1 if it has only warnings: one device is no redundancy.
    private const int EndedWithWarnings = 1;

    private static readonly string[] Kinds = ["account", "container", "object"];
    private static readonly string[] Commands =
        ["memcached", "swift-ring-builder", "swift-proxy-server", .. Kinds.Select(static kind => $"swift-{kind}-server")];

    private readonly Lock _gate = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("topicgrpc-swift-");
    private readonly List<Process> _processes = [];
    private Uri? _address;

    /// <summary>Whether the packages are installed.</summary>
    public static bool IsInstalled => Commands.All(static command => File.Exists(Path.Combine(Programs, command)));

    /// <summary>The packages.</summary>
    public static string Expected => "swift-proxy, swift-account, swift-container, swift-object, memcached";

    /// <summary>Starts the servers at the first call. They answer a moment later.</summary>
    /// <returns>Address of the S3 interface.</returns>
    public Uri Start()
    {
        lock (_gate)
        {
            return _address ??= StartServers();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Process process in _processes)
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
            process.Dispose();
        }

        _folder.Delete(recursive: true);
    }

    private static string FreePort() => LoopbackPort.Free().Port.ToString(CultureInfo.InvariantCulture);

    private Uri StartServers()
    {
        string cache = FreePort();
        Run("memcached", "-l", "127.0.0.1", "-p", cache, "-U", "0", "-u", Environment.UserName);
        Directory.CreateDirectory(At("devices/disk"));
        foreach (string kind in Kinds)
        {
            string port = FreePort();
            MakeRing(kind, port);
            Serve(kind, port, $"devices = {At("devices")}\nmount_check = false", $"{kind}-server", $"""
                [app:{kind}-server]
                use = egg:swift#{kind}
                """);
        }

        string proxy = FreePort();
        Serve("proxy", proxy, "", "cache s3api tempauth copy slo dlo proxy-server", $"""
            [app:proxy-server]
            use = egg:swift#proxy
            account_autocreate = true
            error_suppression_interval = 0

            [filter:cache]
            use = egg:swift#memcache
            memcache_servers = 127.0.0.1:{cache}

            [filter:s3api]
            use = egg:swift#s3api

            [filter:tempauth]
            use = egg:swift#tempauth
            user_test_tester = {Secret} .admin

            [filter:copy]
            use = egg:swift#copy

            [filter:slo]
            use = egg:swift#slo

            [filter:dlo]
            use = egg:swift#dlo
            """);
        return new Uri($"http://127.0.0.1:{proxy}");
    }

    /// <summary>Makes the table that maps names to the only device.</summary>
    private void MakeRing(string kind, string port)
    {
        string builder = At(kind + ".builder");
        RunToEnd(builder, "create", "4", "1", "0");
        RunToEnd(builder, "add", $"r1z1-127.0.0.1:{port}/disk", "1");
        RunToEnd(builder, "rebalance");
    }

    private void Serve(string kind, string port, string options, string pipeline, string parts)
    {
        string file = At(kind + ".conf");
        File.WriteAllText(file, $"""
            [DEFAULT]
            bind_ip = 127.0.0.1
            bind_port = {port}
            swift_dir = {_folder.FullName}
            user = {Environment.UserName}
            workers = 0
            {options}

            [pipeline:main]
            pipeline = {pipeline}

            {parts}
            """);
        Run($"swift-{kind}-server", file);
    }

    private void Run(string command, params string[] arguments)
    {
        ProcessStartInfo start = new(Path.Combine(Programs, command), arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        Process process = Process.Start(start)!;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        _processes.Add(process);
    }

    private static void RunToEnd(params string[] arguments)
    {
        ProcessStartInfo start = new(Path.Combine(Programs, "swift-ring-builder"), arguments) { RedirectStandardOutput = true };
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode > EndedWithWarnings)
        {
            throw new InvalidOperationException($"swift-ring-builder {string.Join(' ', arguments)} failed: {output}");
        }
    }

    private string At(string name) => Path.Combine(_folder.FullName, name);
}
