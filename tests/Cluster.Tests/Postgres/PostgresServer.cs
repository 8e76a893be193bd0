using TopicGrpc.Cluster.Tests.Postgres;
using TopicGrpc.Testing.Processes;

[assembly: AssemblyFixture(typeof(PostgresServer))]

namespace TopicGrpc.Cluster.Tests.Postgres;

/// <summary>
/// A PostgreSQL server of the installed package, started when the first test needs it. Tests share it and get a database each; a test that
/// stops or cuts off the server starts one of its own.
/// </summary>
public sealed class PostgresServer : IDisposable
{
    private readonly PostgresProcess _process = new();

    /// <summary>Port of the running server.</summary>
    public int Port => _process.Port;

    /// <summary>Creates an empty database; skips the test if the package is missing.</summary>
    /// <returns>Its connection string.</returns>
    public string CreateDatabase()
    {
        Assert.SkipUnless(PostgresProcess.IsInstalled, $"The package postgresql is not installed ({PostgresProcess.Expected}).");
        return _process.CreateDatabase();
    }

    /// <summary>Stops the server as a crash does: no transaction ends, no buffer is written.</summary>
    public void Crash() => _process.Crash();

    /// <summary>Starts the server again, on its port.</summary>
    public void Start() => _process.Start();

    public void Dispose() => _process.Dispose();
}
