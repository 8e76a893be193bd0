using TopicGrpc.Client;
using TopicGrpc.Client.Models;
using TopicGrpc.Cluster.Tests.Postgres;
using TopicGrpc.Testing.Processes;

namespace TopicGrpc.Cluster.Tests.Processes;

/// <summary>Members in processes of their own, as tests kill and pause them.</summary>
public sealed class MemberProcessTests(PostgresServer postgres)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(MemberProgram.FakeEncoder)]
    [InlineData(MemberProgram.Tool)]
    public async Task Kill_Member_StartsAgainOnItsPortWithItsData(MemberProgram program)
    {
        await using MemberCluster cluster = new(1, postgres.CreateDatabase(), program);
        await cluster.StartAsync(Token);
        MemberProcess member = Assert.Single(cluster.Members);
        await member.WaitUntilReadyAsync(Timeout, Token);
        Uri before = member.Address;
        using TopicGrpcClient client = new(before);
        await client.Corpora.CreateAsync("news", cancellationToken: Token);

        await member.KillAsync(Token);
        Assert.False(member.IsRunning);
        await member.StartAsync(Token);

        Assert.Equal(before, member.Address);
        await member.WaitUntilReadyAsync(Timeout, Token);
        Assert.Equal("news", (await client.Corpora.GetAsync("news", Token)).Name);
        Assert.Equal(0, await member.StopAsync(Token));
    }

    [Fact]
    public async Task Pause_Member_AnswersAfterResume()
    {
        await using MemberCluster cluster = new(1, postgres.CreateDatabase());
        await cluster.StartAsync(Token);
        MemberProcess member = Assert.Single(cluster.Members);
        using TopicGrpcClient client = new(member.Address);
        await client.Corpora.CreateAsync("news", cancellationToken: Token);

        member.Pause();
        Task<List<ModelInfo>> models = client.Models.ListAsync(Token).ToListAsync(Token).AsTask();
        Assert.False(models.IsCompleted);
        member.Resume();

        Assert.Empty(await models);
    }
}
