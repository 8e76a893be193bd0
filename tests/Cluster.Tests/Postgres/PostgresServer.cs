using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;
using TopicGrpc.Cluster.Tests.Postgres;

[assembly: AssemblyFixture(typeof(PostgresServer))]

namespace TopicGrpc.Cluster.Tests.Postgres;

/// <summary>
/// A PostgreSQL server of the installed package, started when the first test needs it. Tests share it and get a database each; a test that
/// stops or cuts off the server starts one of its own.
/// </summary>
public sealed class PostgresServer : IDisposable
{
    private const string Packages = "/usr/lib/postgresql";
    private const string User = "postgres";

    private readonly Lock _gate = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("topicgrpc-postgres-");
    private int _databases;
    private bool _isStarted;

    /// <summary>Port of the running server.</summary>
    public int Port { get; private set; }

    private static string? Programs => Directory.Exists(Packages)
        ? Directory.GetDirectories(Packages)
            .Where(static folder => File.Exists(Path.Combine(folder, "bin", "initdb")))
            .OrderByDescending(static folder => double.Parse(Path.GetFileName(folder), CultureInfo.InvariantCulture))
            .Select(static folder => Path.Combine(folder, "bin"))
            .FirstOrDefault()
        : null;

    /// <summary>Creates an empty database; skips the test if the package is missing.</summary>
    /// <returns>Its connection string.</returns>
    public string CreateDatabase()
    {
        Assert.SkipUnless(
            OperatingSystem.IsLinux() && Programs is not null, $"The package postgresql is not installed ({Packages}/*/bin/initdb).");
        lock (_gate)
        {
            Initialize();
            string name = string.Create(CultureInfo.InvariantCulture, $"test{++_databases}");
            using var source = NpgsqlDataSource.Create(ConnectionString("postgres"));
            using NpgsqlCommand command = source.CreateCommand("CREATE DATABASE " + name);
            command.ExecuteNonQuery();
            return ConnectionString(name);
        }
    }

    /// <summary>Stops the server as a crash does: no transaction ends, no buffer is written.</summary>
    public void Crash() => Control("stop", "-m", "immediate");

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
        _isStarted = true;
    }

    public void Dispose()
    {
        if (_isStarted)
        {
            Control("stop", "-m", "immediate");
        }

        _folder.Delete(recursive: true);
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static void Run(string program, params IEnumerable<string> arguments)
    {
        // initdb refuses to run as root.
        bool isRoot = Environment.UserName == "root";
        ProcessStartInfo start = new(isRoot ? "runuser" : program)
        {
            WorkingDirectory = "/",
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string argument in isRoot ? ["-u", User, "--", program, .. arguments] : arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{program} failed: {(errors.Wait(TimeSpan.FromSeconds(1)) ? errors.Result : string.Empty)}");
    }

    private void Initialize()
    {
        if (_isStarted)
        {
            return;
        }

        if (Environment.UserName == "root")
        {
            using var owner = Process.Start("chown", [User, _folder.FullName]);
            owner.WaitForExit();
        }

        Run(
            Path.Combine(Programs!, "initdb"), "-D", At("data"), "-U", User, "-A", "trust", "--no-sync", "-E", "UTF8", "--locale=C.UTF-8");
        Port = FreePort();
        Start();
    }

    private string ConnectionString(string database) => string.Create(
        CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={Port};Username={User};Database={database};SSL Mode=Disable");

    private string At(string name) => Path.Combine(_folder.FullName, name);

    private void Control(string action, params IEnumerable<string> arguments) =>
        Run(Path.Combine(Programs!, "pg_ctl"), [action, "-D", At("data"), "-w", "-s", "-t", "120", .. arguments]);
}
