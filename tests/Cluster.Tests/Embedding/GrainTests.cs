using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using Orleans.Serialization;
using TopicGrpc.Cluster.Embedding;
using TopicGrpc.Cluster.Embedding.Grains;
using TopicGrpc.Cluster.Silo;
using TopicGrpc.Server.Members;
using TopicGrpc.Testing;

namespace TopicGrpc.Cluster.Tests.Embedding;

/// <summary>Chunks travel between two silos of Orleans.</summary>
public sealed class GrainTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Find_MemberOfAnotherSilo_EmbedsThereAndFailsWhenItEnds()
    {
        using EmbeddingCluster cluster = new(2);
        EmbeddingMember own = cluster.Members[0];
        EmbeddingMember other = cluster.Members[1];
        IPEndPoint primary = LoopbackPort.Free();
        using IHost first = Build(own, primary, primary);
        using IHost second = Build(other, LoopbackPort.Free(), primary);
        await first.StartAsync(Token);
        await second.StartAsync(Token);
        SiloAddress address = second.Services.GetRequiredService<ILocalSiloDetails>().SiloAddress;
        Member member = new("other", 1)
        {
            SiloAddress = address.ToParsableString(),
            Release = "1",
            Started = DateTimeOffset.UnixEpoch,
            Heartbeat = DateTimeOffset.UnixEpoch,
        };
        IEmbeddingWorker worker = new GrainTransport(new StartedSilo(first)).Find(member, "other@1")!;
        string encoder = own.Fingerprint.Get(Token);
        other.Fingerprint.Get(Token);
        int before = other.Embedder.Calls;

        // Both silos know each other after a moment.
        ChunkReply reply = await UntilPlacedAsync(() => worker.StartAsync(Request(encoder, "a red car", "a blue boat")));
        Guid attempt = _attempt;
        while (reply.Status == ChunkStatus.Running)
        {
            reply = await worker.WaitAsync(attempt);
        }

        Assert.Equal(ChunkStatus.Done, reply.Status);
        ChunkResult result = ChunkResult.Parse(reply.Result!)!;
        float[] expected = new float[own.Embedder.Info.Dimension];
        own.Embedder.Embed("a blue boat", expected, Token);
        Assert.Equal(expected, result.Vector(1));
        Assert.True(other.Embedder.Calls >= before + 2);

        // A chunk that runs is canceled, and an unknown one is no error.
        other.Embedder.Hold();
        Assert.Equal(ChunkStatus.Running, (await worker.StartAsync(Request(encoder, "held"))).Status);
        await worker.CancelAsync(_attempt);
        Assert.Equal(ChunkStatus.Unknown, (await worker.WaitAsync(_attempt)).Status);

        await second.StopAsync(Token);

        await Assert.ThrowsAnyAsync<Exception>(() => worker.StartAsync(Request(encoder, "late")));
        await first.StopAsync(Token);
    }

    private Guid _attempt;

    private ChunkRequest Request(string encoder, params string[] texts)
    {
        _attempt = Guid.NewGuid();
        return new ChunkRequest(_attempt, encoder, FormattableString.Invariant($"embeddings/c/e/20260101/{_attempt:N}"), texts);
    }

    private static async Task<ChunkReply> UntilPlacedAsync(Func<Task<ChunkReply>> call)
    {
        while (true)
        {
            try
            {
                return await call();
            }
            catch (Exception failure) when (failure is OrleansException)
            {
                await Task.Delay(100, Token);
            }
        }
    }

    private static IHost Build(EmbeddingMember member, IPEndPoint endpoint, IPEndPoint primary)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddLogging();
        builder.UseOrleans(silo =>
        {
            silo.UseDevelopmentClustering(primary);
            silo.Configure<ClusterOptions>(static options => (options.ClusterId, options.ServiceId) = ("test", "test"));
            silo.Configure<EndpointOptions>(options =>
            {
                options.AdvertisedIPAddress = endpoint.Address;
                options.SiloPort = endpoint.Port;
                options.SiloListeningEndpoint = endpoint;
                options.GatewayPort = 0;
            });
            silo.Services.AddSerializer(static serializer => serializer.AddAssembly(typeof(EmbeddingSiloPart).Assembly));
            new EmbeddingSiloPart(member.Runner).AddTo(silo);
        });
        return builder.Build();
    }

    private sealed class StartedSilo(IHost host) : ISilo
    {
        public IGrainFactory? Grains => host.Services.GetRequiredService<IGrainFactory>();

        public SiloAddress? Address => host.Services.GetRequiredService<ILocalSiloDetails>().SiloAddress;

        public IServiceProvider? Services => host.Services;
    }
}
