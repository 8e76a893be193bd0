using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging.Abstractions;
using TopicGrpc.Cluster.Silo;
using TopicGrpc.Cluster.Tests.Postgres;
using TopicGrpc.Server.Storage;
using TopicGrpc.Server.Tls;
using TopicGrpc.Testing;
using TopicGrpc.Testing.Certificates;

namespace TopicGrpc.Cluster.Tests.Silo;

/// <summary>Silos of members on a real PostgreSQL: they find and trust each other, and their failures stay theirs.</summary>
public sealed class SiloServiceTests(PostgresServer postgres) : IDisposable
{
    private const long Active = 3;
    private const long Dead = 6;

    private readonly TestAuthority _authority = new();
    private readonly TestAuthority _stranger = new("Other CA");
    private readonly TempFolder _files = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Start_TwoMembersWithTls_FormOneClusterUntilOneStops()
    {
        string connectionString = postgres.CreateDatabase();
        await using TestSilo first = new("a", connectionString, Tls(_authority, "a"));
        TestSilo second = new("b", connectionString, Tls(_authority, "b"));
        await using (second)
        {
            await first.StartAsync(Token);
            await second.StartAsync(Token);
            await first.RunningAsync(Token);
            IGrainFactory grains = await second.RunningAsync(Token);

            // Calls of grains on both silos: the management grain asks every silo.
            await Waiting.UntilAsync(
                async () => (await grains.GetGrain<IManagementGrain>(0).GetHosts(onlyActive: true)).Count == 2, Token);
            SiloRuntimeStatistics[] statistics = await grains.GetGrain<IManagementGrain>(0)
                .GetRuntimeStatistics([first.Silo.Address!, second.Silo.Address!], Token);

            Assert.Equal(2, statistics.Length);
            Assert.Equal([Active, Active], Statuses(first));
            await Waiting.UntilAsync(
                async () => (await first.Members.ReadAsync(Token)).All(static member => member.SiloAddress.Length > 0), Token);
            Assert.Equal(
                second.Silo.Address,
                SiloAddress.FromParsableString((await first.Members.ReadAsync(Token))[1].SiloAddress));
        }

        Assert.Null(second.Silo.Grains);
        await Waiting.UntilAsync(() => Task.FromResult(Statuses(first).SequenceEqual([Active, Dead])), Token);
        Assert.Single(await first.Members.ReadAsync(Token));
    }

    [Fact]
    public async Task Connect_CertificateOfAnotherAuthorityOrNone_IsClosed()
    {
        await using TestSilo silo = new("a", postgres.CreateDatabase(), Tls(_authority, "a"));
        await silo.StartAsync(Token);
        await silo.RunningAsync(Token);
        IPEndPoint endpoint = silo.Silo.Address!.Endpoint;

        await RequireClosedAsync(endpoint, Certificate(_stranger));
        await RequireClosedAsync(endpoint, certificate: null);
        await RequireClosedAsync(endpoint, _authority.Issue("a", TestAuthority.ClientUsage));
    }

    [Fact]
    public void IsMember_Certificates_AreThoseOfTheAuthorityForServersAndClients()
    {
        using TlsCertificates certificates = new(Tls(_authority, "a"), TimeProvider.System, NullLogger<TlsCertificates>.Instance);
        SiloTls tls = new(certificates, TimeProvider.System);

        Assert.True(tls.IsMember(Certificate(_authority), presented: null));
        Assert.False(tls.IsMember(Certificate(_stranger), presented: null));
        Assert.False(tls.IsMember(_authority.Issue("a", TestAuthority.ClientUsage), presented: null));
        Assert.False(tls.IsMember(_authority.Issue("a", TestAuthority.ServerUsage), presented: null));
        Assert.False(tls.IsMember(
            _authority.Issue(
                "a", [TestAuthority.ServerUsage, TestAuthority.ClientUsage], end: TimeProvider.System.GetUtcNow().AddDays(-1)),
            presented: null));
    }

    [Fact]
    public async Task Start_TheTableFails_StartsAgainWhenItWorks()
    {
        string connectionString = postgres.CreateDatabase();
        await using TestSilo silo = new("a", connectionString);
        silo.Database.Write(static connection => connection.Execute("ALTER TABLE OrleansQuery RENAME TO hidden"));
        using ListLoggerFactory log = new();
        await using TestSilo logged = new("b", connectionString, logging: log);
        await logged.StartAsync(Token);
        await Waiting.UntilAsync(() => Task.FromResult(log.Has(8202)), Token);

        Assert.Null(logged.Silo.Grains);
        Assert.Equal(2, (await logged.Members.ReadAsync(Token)).Count);
        silo.Database.Write(static connection => connection.Execute("ALTER TABLE hidden RENAME TO OrleansQuery"));
        Assert.NotNull(await logged.RunningAsync(Token));
    }

    public void Dispose()
    {
        _authority.Dispose();
        _stranger.Dispose();
        _files.Dispose();
    }

    private static X509Certificate2 Certificate(TestAuthority authority) =>
        authority.Issue("silo", [TestAuthority.ServerUsage, TestAuthority.ClientUsage], host: null);

    // By name: two silos start side by side, so the times of their starts have any order.
    private static List<long> Statuses(TestSilo silo) => silo.Database.Read(static connection => connection.Query(
        "SELECT status FROM silos ORDER BY name", static row => (long)row.GetInt32(0)));

    // The server checks the certificate after its last message of the handshake, so the client learns it from the end of the stream.
    [SuppressMessage("Security", "CA5359:Do not disable certificate validation", Justification = "This client has no authority.")]
    private static async Task RequireClosedAsync(IPEndPoint endpoint, X509Certificate2? certificate)
    {
        using TcpClient client = new();
        await client.ConnectAsync(endpoint, Token);
        await using SslStream stream = new(client.GetStream(), leaveInnerStreamOpen: false, static (_, _, _, _) => true);
        int read = 0;
        try
        {
            await stream.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions
                {
                    TargetHost = "silo",
                    ClientCertificates = certificate is null ? null : [certificate],
                },
                Token);
            read = await stream.ReadAsync(new byte[1], Token);
        }
        catch (Exception rejected) when (rejected is AuthenticationException or IOException)
        {
            // Also an end of the stream.
        }

        Assert.Equal(0, read);
    }

    private TlsOptions Tls(TestAuthority authority, string name)
    {
        string certificate = _files.At(name + ".pem");
        string authorities = _files.At("ca.pem");
        TestAuthority.Write(Certificate(authority), certificate);
        File.WriteAllText(authorities, authority.Pem);
        return new TlsOptions { CertificateFile = certificate, ClientCaFile = authorities };
    }
}
