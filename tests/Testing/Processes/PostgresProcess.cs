using System.Diagnostics;
using System.Globalization;

namespace TopicGrpc.Testing.Processes;

/// <summary>
/// A PostgreSQL server of the installed package in a folder of its own, started with its first database. Thread-safe.
/// </summary>
public sealed class PostgresProcess : IDisposable
{
    private const string Packages = "/usr/lib/postgresql";
    private const string User = "postgres";

    private readonly Lock _gate = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("topicgrpc-postgres-");
    private int _databases;
    private bool _isInitialized;
    private bool _isRunning;

    /// <summary>Whether the package is installed.</summary>
    public static bool IsInstalled => OperatingSystem.IsLinux() && Programs is not null;

    /// <summary>Where the package is expected.</summary>
    public static string Expected => Packages + "/*/bin/initdb";

    /// <summary>Port of the server; 0 before the first database.</summary>
    public int Port { get; private set; }

    private static string? Programs => Directory.Exists(Packages)
        ? Directory.GetDirectories(Packages)
            .Where(static folder => File.Exists(Path.Combine(folder, "bin", "initdb")))
            .OrderByDescending(static folder => double.Parse(Path.GetFileName(folder), CultureInfo.InvariantCulture))
            .Select(static folder => Path.Combine(folder, "bin"))
            .FirstOrDefault()
        : null;

    /// <summary>Creates an empty database.</summary>
    /// <returns>Its connection string.</returns>
    /// <exception cref="InvalidOperationException">The package is missing, or one of its programs failed.</exception>
    public string CreateDatabase()
    {
        lock (_gate)
        {
            Initialize();
            string name = string.Create(CultureInfo.InvariantCulture, $"test{++_databases}");
            Run(
                Path.Combine(Programs!, "createdb"),
                isOwner: false,
                "-h",
                "127.0.0.1",
                "-p",
                Port.ToString(CultureInfo.InvariantCulture),
                "-U",
                User,
                name);
            return string.Create(
                CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={Port};Username={User};Database={name};SSL Mode=Disable");
        }
    }

    /// <summary>Stops the server as a crash does: no transaction ends, no buffer is written.</summary>
    public void Crash()
    {
        Control("stop", "-m", "immediate");
        _isRunning = false;
    }

    /// <summary>Starts the server again, on its port.</summary>
    public void Start()
    {
        // fsync is off: these tests end processes, not the power, so the page cache survives.
        Control(
            "start",
            "-l",
            At("log"),
            "-o",
            string.Create(
                CultureInfo.InvariantCulture,
                $"-p {Port} -k {_folder.FullName} -c listen_addresses=127.0.0.1 -c fsync=off -c max_connections=200"));
        _isRunning = true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_isRunning)
        {
            Crash();
        }

        _folder.Delete(recursive: true);
    }

    private static void Run(string program, bool isOwner, params IEnumerable<string> arguments)
    {
        // The programs that use the files of the server refuse to run as root.
        bool isOther = isOwner && Environment.UserName == "root";
        ProcessStartInfo start = new(isOther ? "runuser" : program)
        {
            WorkingDirectory = "/",
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string argument in isOther ? ["-u", User, "--", program, .. arguments] : arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            // pg_ctl leaves its standard error to the server, which does not close it.
            string reason = errors.Wait(TimeSpan.FromSeconds(1)) ? errors.Result : string.Empty;
            throw new InvalidOperationException($"{program} failed: {reason}");
        }
    }

    private void Initialize()
    {
        if (_isInitialized)
        {
            return;
        }

        if (!IsInstalled)
        {
            throw new InvalidOperationException($"The package postgresql is not installed ({Expected}).");
        }

        if (Environment.UserName == "root")
        {
            using var owner = Process.Start("chown", [User, _folder.FullName]);
            owner.WaitForExit();
        }

        Run(
            Path.Combine(Programs!, "initdb"),
            isOwner: true,
            "-D",
            At("data"),
            "-U",
            User,
            "-A",
            "trust",
            "--no-sync",
            "-E",
            "UTF8",
            "--locale=C.UTF-8");
        Port = LoopbackPort.Free().Port;
        Start();
        _isInitialized = true;
    }

    private string At(string name) => Path.Combine(_folder.FullName, name);

    private void Control(string action, params IEnumerable<string> arguments) => Run(
        Path.Combine(Programs!, "pg_ctl"), isOwner: true, [action, "-D", At("data"), "-w", "-s", "-t", "120", .. arguments]);
}
