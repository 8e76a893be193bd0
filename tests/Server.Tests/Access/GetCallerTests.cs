using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Tests.Access;

/// <summary>What <c>GetCaller</c> says to each kind of caller.</summary>
public sealed class GetCallerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GetCaller_ServerWithoutAuthentication_IsAnonymousWithEveryRight()
    {
        await using TestServer server = await TestServer.StartAsync();

        GetCallerResponse caller = await CallAsync(server.With(secret: null));

        Assert.Equal(
            new GetCallerResponse { Caller = "anonymous", Role = Role.Admin, ModelPatterns = { "*" }, CorpusPatterns = { "*" } }, caller);
    }

    [Theory]
    [InlineData(Role.Reader)]
    [InlineData(Role.Trainer)]
    public async Task GetCaller_Key_HasItsNameRolePatternsAndEnd(Role role)
    {
        await using TestServer server = await TestServer.StartAsync();
        var end = Timestamp.FromDateTimeOffset(TimeProvider.System.GetUtcNow().AddDays(3));
        (string id, string secret) = server.CreateKey(role, "news-*", "sport", key => key.ExpireTime = end);

        GetCallerResponse caller = await CallAsync(server.With(secret));

        Assert.Equal(("keys/" + id, role), (caller.Caller, caller.Role));
        Assert.Equal(["news-*"], caller.ModelPatterns);
        Assert.Equal(["sport"], caller.CorpusPatterns);
        Assert.Equal(end.Seconds, caller.ExpireTime.Seconds);
    }

    [Fact]
    public async Task GetCaller_SecretBeforeARotation_EndsWithTheOverlap()
    {
        await using TestServer server = await TestServer.StartAsync();
        (_, string admin) = server.CreateKey(Role.Admin);
        (string id, string before) = server.CreateKey(Role.Reader);
        RotateKeyRequest rotation = new() { Name = "keys/" + id, Overlap = Duration.FromTimeSpan(TimeSpan.FromHours(2)) };
        await new KeyService.KeyServiceClient(server.With(admin)).RotateKeyAsync(rotation, cancellationToken: Token);

        GetCallerResponse caller = await CallAsync(server.With(before));

        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        Assert.InRange(caller.ExpireTime.ToDateTimeOffset(), now.AddHours(1), now.AddHours(2));
    }

    [Theory]
    [InlineData(null, "CREDENTIALS_MISSING")]
    [InlineData("tg_wrong", "CREDENTIALS_INVALID")]
    public async Task GetCaller_NoValidKey_IsRejected(string? secret, string reason)
    {
        await using TestServer server = await TestServer.StartAsync();
        server.CreateKey(Role.Admin);

        await Refusal.ExpectAsync(StatusCode.Unauthenticated, reason, () => CallAsync(server.With(secret)));
    }

    private static async Task<GetCallerResponse> CallAsync(CallInvoker invoker) =>
        await new ServerService.ServerServiceClient(invoker).GetCallerAsync(new GetCallerRequest(), cancellationToken: Token);
}
