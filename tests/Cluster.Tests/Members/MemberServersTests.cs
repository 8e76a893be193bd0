using System.Net;
using System.Net.Http.Headers;
using Npgsql;
using TopicGrpc.Client;
using TopicGrpc.Client.Cluster;
using TopicGrpc.Client.Configuration;
using TopicGrpc.Client.Errors;
using TopicGrpc.Client.Keys;
using TopicGrpc.Cluster.Tests.Postgres;
using TopicGrpc.Cluster.Tests.Silo;
using TopicGrpc.Server;
using TopicGrpc.Server.Storage;
using TopicGrpc.Testing;

namespace TopicGrpc.Cluster.Tests.Members;

/// <summary>Whole servers as members of a cluster, used by the SDK.</summary>
public sealed class MemberServersTests(PostgresServer postgres) : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly FakeEmbedder _embedder = new();
    private readonly HttpClient _http = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Drain_OfAnotherMember_ReportsNotServingUntilItIsUndone()
    {
        string connectionString = postgres.CreateDatabase();
        await using ServerHost first = await StartAsync("a", connectionString);
        await using ServerHost second = await StartAsync("b", connectionString);
        using TopicGrpcClient client = new(first.Address);

        List<MemberInfo> members = await client.Cluster.ListMembersAsync(Token).ToListAsync(Token);
        MemberInfo drained = await client.Cluster.DrainAsync("b", cancellationToken: Token);

        Assert.Equal(["a", "b"], members.Select(static member => member.Name));
        Assert.Equal(second.Address, new Uri(members[1].Address));
        Assert.Equal((MemberState.Alive, MemberState.Draining), (members[1].State, drained.State));
        await UntilReadyIsAsync(second, HttpStatusCode.ServiceUnavailable);
        Assert.Equal(HttpStatusCode.OK, await ReadyAsync(first));
        ClusterInfo cluster = await client.Cluster.GetAsync(Token);
        Assert.Equal((true, "a", 1, 1), (cluster.IsCluster, cluster.Member, cluster.AliveCount, cluster.DrainingCount));
        Assert.Single(cluster.ServerVersions);

        await client.Cluster.DrainAsync("b", undo: true, Token);
        await UntilReadyIsAsync(second, HttpStatusCode.OK);
        await Assert.ThrowsAsync<ResourceNotFoundException>(() => client.Cluster.DrainAsync("c", cancellationToken: Token));
    }

    [Fact]
    public async Task Drain_OfASingleServer_ReportsNotServingUntilItIsUndone()
    {
        await using ServerHost host = await ServerHost.StartAsync(
            new ServerSettings
            {
                DataDirectory = _folder.At("single"),
                Embedder = _embedder,
                Configuration = new Dictionary<string, string?> { ["Server:HttpPort"] = "0" },
            },
            Token);
        using TopicGrpcClient client = new(host.Address);
        ClusterInfo cluster = await client.Cluster.GetAsync(Token);

        Assert.Equal((false, 1), (cluster.IsCluster, cluster.AliveCount));
        Assert.Equal(MemberState.Draining, (await client.Cluster.DrainAsync(cluster.Member, cancellationToken: Token)).State);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await ReadyAsync(host));
        Assert.Equal(MemberState.Alive, (await client.Cluster.DrainAsync(cluster.Member, undo: true, Token)).State);
        Assert.Equal(HttpStatusCode.OK, await ReadyAsync(host));
        await Assert.ThrowsAsync<ResourceNotFoundException>(() => client.Cluster.DrainAsync("other", cancellationToken: Token));
    }

    /// <summary>What another member does that no longer sees heartbeats of this one.</summary>
    [Fact]
    public async Task Run_DeclaredDead_StopsWithAFailure()
    {
        string connectionString = postgres.CreateDatabase();
        await using ServerHost host = await StartAsync("a", connectionString);
        Assert.Null(host.Failure);

        await using (var source = NpgsqlDataSource.Create(connectionString))
        {
            await using NpgsqlConnection connection = await source.OpenConnectionAsync(Token);
            Assert.Equal(1, connection.Execute("UPDATE leases SET epoch = epoch + 1, owner = '' WHERE name = 'member/a'"));
        }

        await host.WaitForShutdownAsync(Token);

        Assert.Contains("lease", host.Failure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dashboard_Callers_AreUnrestrictedAdmins()
    {
        await using ServerHost host = await StartAsync("a", postgres.CreateDatabase(), ("Cluster:Silo:Dashboard", "true"));
        using TopicGrpcClient open = new(host.Address);
        string admin = (await open.Keys.CreateAsync(new KeySettings { DisplayName = "a", Role = KeyRole.Admin }, Token)).Secret;
        using TopicGrpcClient client = new(new TopicGrpcClientOptions { Address = host.Address, ApiKey = admin });
        string trainer = await KeyAsync(client, new KeySettings { DisplayName = "t", Role = KeyRole.Trainer });
        string restricted = await KeyAsync(
            client, new KeySettings { DisplayName = "r", Role = KeyRole.Admin, ModelPatterns = ["news"] });

        // 503 until the silo runs.
        (HttpStatusCode Status, string Content) answer = default;
        await Waiting.UntilAsync(
            async () => (answer = await DashboardAsync(host, "version", admin)).Status != HttpStatusCode.ServiceUnavailable, Token);

        Assert.True(answer.Status == HttpStatusCode.OK, answer.ToString());
        Assert.Equal(HttpStatusCode.Unauthorized, (await DashboardAsync(host, "version", secret: null)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await DashboardAsync(host, "version", trainer)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await DashboardAsync(host, "version", restricted)).Status);
        Assert.Contains("<html", (await DashboardAsync(host, "index.html", admin)).Content, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Dashboard_IsNotAskedFor_HasNoRoute()
    {
        await using ServerHost host = await StartAsync("a", postgres.CreateDatabase());

        Assert.Equal(HttpStatusCode.NotFound, (await DashboardAsync(host, "version", secret: null)).Status);
    }

    public void Dispose()
    {
        _http.Dispose();
        _embedder.Dispose();
        _folder.Dispose();
    }

    private static async Task<string> KeyAsync(TopicGrpcClient client, KeySettings settings) =>
        (await client.Keys.CreateAsync(settings, Token)).Secret;

    private async Task<(HttpStatusCode Status, string Content)> DashboardAsync(ServerHost host, string page, string? secret)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, new Uri(host.HttpAddress!, "/cluster/silo/" + page));
        request.Headers.Authorization = secret is null ? null : new AuthenticationHeaderValue("Bearer", secret);
        using HttpResponseMessage response = await _http.SendAsync(request, Token);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(Token));
    }

    private async Task<HttpStatusCode> ReadyAsync(ServerHost host)
    {
        using HttpResponseMessage response = await _http.GetAsync(new Uri(host.HttpAddress!, "/readyz"), Token);
        return response.StatusCode;
    }

    private Task UntilReadyIsAsync(ServerHost host, HttpStatusCode status) =>
        Waiting.UntilAsync(async () => await ReadyAsync(host) == status, Token);

    private Task<ServerHost> StartAsync(string id, string connectionString, params (string Key, string? Value)[] options)
    {
        Directory.CreateDirectory(_folder.At("objects"));
        return MemberHost.StartAsync(
            _folder.At(id),
            _embedder,
            [
                .. options,
                ("Server:HttpPort", "0"),
                ("Cluster:Postgres:ConnectionString", connectionString),
                ("Cluster:ObjectStore:Folder", _folder.At("objects")),
                ("Cluster:Member:Id", id),
                ("Cluster:Member:HeartbeatInterval", "00:00:00.2"),
            ],
            Token);
    }
}
