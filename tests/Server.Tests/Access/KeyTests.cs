using System.Text;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using TopicGrpc.Server.Keys;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Tests.Access;

/// <summary>The life of API keys.</summary>
public sealed class KeyTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task FirstKey_Created_ClosesTheServerToOthers()
    {
        await using TestServer server = await TestServer.StartAsync();
        await ListAsync(server.With(null));

        (_, string secret) = server.CreateKey(Role.Reader);

        await Refusal.ExpectAsync(StatusCode.Unauthenticated, "CREDENTIALS_MISSING", () => ListAsync(server.With(null)));
        await ListAsync(server.With(secret));
        await ListAsync(server.With(secret, "x-api-key"));
    }

    [Theory]
    [InlineData("tg_aaaaaaaaaa_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("nonsense")]
    [InlineData("")]
    public async Task Call_UnknownSecret_IsRejected(string secret)
    {
        await using TestServer server = await TestServer.StartAsync();
        server.CreateKey(Role.Admin);

        await Refusal.ExpectAsync(StatusCode.Unauthenticated, "CREDENTIALS_INVALID", () => ListAsync(server.With(secret)));
        await Refusal.ExpectAsync(StatusCode.Unauthenticated, "CREDENTIALS_INVALID", () => ListAsync(server.With(secret, "x-api-key")));
    }

    [Fact]
    public async Task Call_SecretOfAKeyWithAnotherEnd_IsRejected()
    {
        await using TestServer server = await TestServer.StartAsync();
        (_, string secret) = server.CreateKey(Role.Admin);
        string other = secret[..^1] + (secret[^1] == 'A' ? 'B' : 'A');

        await Refusal.ExpectAsync(StatusCode.Unauthenticated, "CREDENTIALS_INVALID", () => ListAsync(server.With(other)));
    }

    [Fact]
    public void Authenticate_SecretOfThreeByteCharacters_IsUnknown()
    {
        using StoredKeys keys = new(TimeProvider.System);
        (KeyEntry key, _) = keys.Store.Create(new ApiKey { DisplayName = "test", Role = Role.Reader });

        Assert.Null(keys.Store.Authenticate($"tg_{key.Row.Id}_{new string('€', 43)}"));
    }

    [Fact]
    public void Authenticate_EachCall_AllocatesNothing()
    {
        using StoredKeys keys = new(TimeProvider.System);
        (_, string secret) = keys.Store.Create(new ApiKey { DisplayName = "test", Role = Role.Reader });
        string unknown = secret[..^1] + (secret[^1] == 'A' ? 'B' : 'A');
        Assert.NotNull(keys.Store.Authenticate(secret));
        Assert.Null(keys.Store.Authenticate(unknown));

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int call = 0; call < 1000; call++)
        {
            _ = keys.Store.Authenticate(secret);
            _ = keys.Store.Authenticate(unknown);
        }

        // Less than a byte per call: the compiler of the runtime may allocate once on this thread.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1000);
    }

    [Fact]
    public async Task KeyService_CreateListRotateRevoke_DoWhatTheySay()
    {
        await using TestServer server = await TestServer.StartAsync();
        KeyService.KeyServiceClient admin = new(server.With(server.CreateKey(Role.Admin).Secret));

        CreateKeyResponse created = await admin.CreateKeyAsync(
            new CreateKeyRequest
            {
                Key = new ApiKey
                {
                    DisplayName = "app",
                    Role = Role.Reader,
                    ModelPatterns = { "news-*" },
                    Quota = new Quota { Streams = 2 },
                },
            },
            cancellationToken: Token);
        await ListAsync(server.With(created.Secret));
        ListKeysResponse list = await admin.ListKeysAsync(new ListKeysRequest(), cancellationToken: Token);
        ApiKey listed = list.Keys.Single(key => key.Name == created.Key.Name);
        Assert.Equal(("app", Role.Reader, 2), (listed.DisplayName, listed.Role, listed.Quota.Streams));
        Assert.Equal(["news-*"], listed.ModelPatterns);
        Assert.NotNull(listed.LastUseTime);
        Assert.Null(listed.RevokeTime);

        RotateKeyResponse rotated = await admin.RotateKeyAsync(new RotateKeyRequest { Name = created.Key.Name }, cancellationToken: Token);
        await ListAsync(server.With(created.Secret));
        await ListAsync(server.With(rotated.Secret));
        Assert.NotNull(rotated.Key.OverlapEndTime);

        RevokeKeyResponse revoked = await admin.RevokeKeyAsync(new RevokeKeyRequest { Name = created.Key.Name }, cancellationToken: Token);
        Assert.NotNull(revoked.Key.RevokeTime);
        await Refusal.ExpectAsync(StatusCode.Unauthenticated, "CREDENTIALS_INVALID", () => ListAsync(server.With(created.Secret)));
        await Refusal.ExpectAsync(StatusCode.Unauthenticated, "CREDENTIALS_INVALID", () => ListAsync(server.With(rotated.Secret)));
        await Refusal.ExpectAsync(
            StatusCode.FailedPrecondition,
            "NOT_AVAILABLE",
            async () => await admin.RotateKeyAsync(new RotateKeyRequest { Name = created.Key.Name }, cancellationToken: Token));
        await Refusal.ExpectAsync(
            StatusCode.NotFound,
            "KEY_NOT_FOUND",
            async () => await admin.RevokeKeyAsync(new RevokeKeyRequest { Name = "keys/aaaaaaaaaa" }, cancellationToken: Token));
    }

    [Fact]
    public async Task KeyService_CallerWithPatterns_MayNotManageKeys()
    {
        await using TestServer server = await TestServer.StartAsync();
        KeyService.KeyServiceClient restricted = new(server.With(server.CreateKey(Role.Admin, models: "news-*").Secret));

        await Refusal.ExpectAsync(
            StatusCode.PermissionDenied,
            "NAME_NOT_ALLOWED",
            async () => await restricted.CreateKeyAsync(
                new CreateKeyRequest { Key = new ApiKey { DisplayName = "more", Role = Role.Admin } },
                cancellationToken: Token));
        await Refusal.ExpectAsync(
            StatusCode.PermissionDenied,
            "NAME_NOT_ALLOWED",
            async () => await restricted.ListKeysAsync(new ListKeysRequest(), cancellationToken: Token));
    }

    [Fact]
    public void Store_Rotation_OverlapsForTheGivenTimeOnly()
    {
        FakeTimeProvider clock = new(TimeProvider.System.GetUtcNow());
        using StoredKeys keys = new(clock);
        (KeyEntry key, string first) = keys.Store.Create(new ApiKey { DisplayName = "k", Role = Role.Reader });

        (_, string second) = keys.Store.Rotate(key.Row.Id, TimeSpan.FromHours(1));
        Assert.NotNull(keys.Store.Authenticate(first));
        Assert.NotNull(keys.Store.Authenticate(second));

        (_, string third) = keys.Store.Rotate(key.Row.Id, TimeSpan.FromHours(1));
        Assert.Null(keys.Store.Authenticate(first));
        Assert.NotNull(keys.Store.Authenticate(second));

        clock.Advance(TimeSpan.FromHours(1));
        Assert.Null(keys.Store.Authenticate(second));
        Assert.NotNull(keys.Store.Authenticate(third));
    }

    [Fact]
    public void Store_Expiry_EndsTheKey()
    {
        FakeTimeProvider clock = new(TimeProvider.System.GetUtcNow());
        using StoredKeys keys = new(clock);
        ApiKey settings = new()
        {
            DisplayName = "k",
            Role = Role.Reader,
            ExpireTime = Google.Protobuf.WellKnownTypes.Timestamp.FromDateTimeOffset(clock.GetUtcNow().AddMinutes(5)),
        };
        (_, string secret) = keys.Store.Create(settings);

        Assert.NotNull(keys.Store.Authenticate(secret));
        clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Null(keys.Store.Authenticate(secret));
    }

    [Fact]
    public async Task Restart_KeysUsesAndRevocations_AreThere()
    {
        await using TestServer server = await TestServer.StartAsync();
        (string id, string secret) = server.CreateKey(Role.Admin);
        (string revoked, string revokedSecret) = server.CreateKey(Role.Reader);
        await ListAsync(server.With(secret));
        server.Services.GetRequiredService<KeyStore>().Revoke(revoked);
        await server.StopAsync();

        // Only the hash is stored.
        foreach (string file in Directory.EnumerateFiles(server.DataDirectory, "*", SearchOption.AllDirectories))
        {
            byte[] content = await File.ReadAllBytesAsync(file, Token);
            Assert.Equal(-1, content.AsSpan().IndexOf(Encoding.UTF8.GetBytes(secret[^43..])));
        }

        await server.StartAgainAsync();
        await ListAsync(server.With(secret));
        await Refusal.ExpectAsync(StatusCode.Unauthenticated, "CREDENTIALS_INVALID", () => ListAsync(server.With(revokedSecret)));
        Assert.NotNull(server.Services.GetRequiredService<KeyStore>().Get(id).LastUsed);
    }

    [Fact]
    public async Task Revoke_OpenStreams_EndWithinASecond()
    {
        await using TestServer server = await TestServer.FittedAsync();
        (string id, string secret) = server.CreateKey(Role.Writer);
        CallInvoker caller = server.With(secret);
        using AsyncServerStreamingCall<WatchModelResponse> watch = new ModelService.ModelServiceClient(caller).WatchModel(
            new WatchModelRequest { Name = "models/m" }, cancellationToken: Token);
        Assert.True(await watch.ResponseStream.MoveNext(Token));
        using AsyncDuplexStreamingCall<IngestDocumentsRequest, IngestDocumentsResponse> ingest =
            new CorpusService.CorpusServiceClient(caller).IngestDocuments(cancellationToken: Token);
        await ingest.RequestStream.WriteAsync(
            new IngestDocumentsRequest
            {
                Open = new IngestDocumentsRequest.Types.Open { Corpus = "corpora/news", SessionId = "s" },
            },
            Token);
        Assert.True(await ingest.ResponseStream.MoveNext(Token));
        using AsyncDuplexStreamingCall<StreamPredictRequest, StreamPredictResponse> predict =
            new PredictionService.PredictionServiceClient(caller).StreamPredict(cancellationToken: Token);

        server.Services.GetRequiredService<KeyStore>().Revoke(id);
        var watchTime = System.Diagnostics.Stopwatch.StartNew();
        await Refusal.ExpectAsync(StatusCode.Unauthenticated, "CREDENTIALS_INVALID", () => watch.ResponseStream.MoveNext(Token));
        await Refusal.ExpectAsync(StatusCode.Unauthenticated, "CREDENTIALS_INVALID", () => ingest.ResponseStream.MoveNext(Token));
        await Refusal.ExpectAsync(StatusCode.Unauthenticated, "CREDENTIALS_INVALID", () => predict.ResponseStream.MoveNext(Token));

        // The timer runs four times a second; the rest is for a busy machine.
        Assert.InRange(watchTime.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Lists_CallerWithPatterns_HaveOnlyItsOwnAndFullPages()
    {
        await using TestServer server = await TestServer.FittedAsync();
        foreach (string id in (string[])["own-a", "own-b", "own-c", "p-other", "q-other"])
        {
            await server.CreateCorpusAsync(id);
        }

        CorpusService.CorpusServiceClient own = new(server.With(server.CreateKey(Role.Reader, models: "own-*", corpora: "own-*").Secret));
        ListCorporaResponse first = await own.ListCorporaAsync(new ListCorporaRequest { PageSize = 2 }, cancellationToken: Token);
        ListCorporaResponse second = await own.ListCorporaAsync(
            new ListCorporaRequest { PageSize = 2, PageToken = first.NextPageToken }, cancellationToken: Token);
        CallInvoker caller = server.With(server.CreateKey(Role.Reader, models: "own-*", corpora: "own-*").Secret);
        ListModelsResponse models = await new ModelService.ModelServiceClient(caller).ListModelsAsync(
            new ListModelsRequest(), cancellationToken: Token);

        Assert.Equal(["corpora/own-a", "corpora/own-b"], first.Corpora.Select(static corpus => corpus.Name));
        Assert.Equal(["corpora/own-c"], second.Corpora.Select(static corpus => corpus.Name));
        Assert.Empty(second.NextPageToken);
        Assert.Empty(models.Models);
        Assert.Empty(await KeyedServer.FitNamesAsync(caller));
        Assert.NotEmpty(await KeyedServer.FitNamesAsync(server.With(server.CreateKey(Role.Reader).Secret)));
    }

    [Fact]
    public async Task Health_WithoutKey_IsAnswered()
    {
        await using TestServer server = await TestServer.StartAsync();
        server.CreateKey(Role.Admin);

        Grpc.Health.V1.HealthCheckResponse health = await new Grpc.Health.V1.Health.HealthClient(server.Channel).CheckAsync(
            new Grpc.Health.V1.HealthCheckRequest(), cancellationToken: Token);

        Assert.Equal(Grpc.Health.V1.HealthCheckResponse.Types.ServingStatus.Serving, health.Status);
    }

    [Fact]
    public async Task Reflection_WithoutKey_IsRejected()
    {
        await using TestServer server = await TestServer.StartAsync(("Server:Reflection", "true"));
        (_, string secret) = server.CreateKey(Role.Reader);

        await Refusal.ExpectAsync(StatusCode.Unauthenticated, "CREDENTIALS_MISSING", () => ReflectAsync(server.With(null)));
        await ReflectAsync(server.With(secret));
    }

    private static async Task ListAsync(CallInvoker caller) =>
        await new ModelService.ModelServiceClient(caller).ListModelsAsync(new ListModelsRequest(), cancellationToken: Token);

    private static async Task ReflectAsync(CallInvoker caller)
    {
        using var call = new Grpc.Reflection.V1Alpha.ServerReflection.ServerReflectionClient(caller).ServerReflectionInfo(
            cancellationToken: Token);
        await call.RequestStream.WriteAsync(new Grpc.Reflection.V1Alpha.ServerReflectionRequest { ListServices = "*" }, Token);
        Assert.True(await call.ResponseStream.MoveNext(Token));
    }
}
