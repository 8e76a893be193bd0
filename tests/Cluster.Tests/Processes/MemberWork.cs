using TopicGrpc.Client;
using TopicGrpc.Client.Fits;
using TopicGrpc.Client.Settings;
using TopicGrpc.Testing;

namespace TopicGrpc.Cluster.Tests.Processes;

/// <summary>Calls of clients while members are killed. Each method returns the number of its calls; a failed call ends it.</summary>
internal sealed class MemberWork(TopicGrpcClient client)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Predicts by the label until canceled.</summary>
    public async Task<int> PredictAsync(CancellationToken stop)
    {
        int count = 0;
        for (; !stop.IsCancellationRequested; count++)
        {
            string text = ThemedTexts.Text(count % 50);
            Assert.InRange((await client.PredictAsync("news@stable", text, cancellationToken: Token)).Version, 1, 2);
        }

        return count;
    }

    /// <summary>Moves the label between two versions; a prediction after a move has the version of the move.</summary>
    public async Task<int> MoveAsync(CancellationToken stop)
    {
        int count = 0;
        for (; !stop.IsCancellationRequested; count++)
        {
            long version = (count % 2) + 1;
            await client.Models.SetLabelAsync("news", "stable", version, Token);
            Assert.Equal(version, (await client.PredictAsync("news@stable", ThemedTexts.Text(3), cancellationToken: Token)).Version);
        }

        return count;
    }

    /// <summary>Fits again and again until canceled; the last fit ends. Numbers rise; a kill during a publication leaves one out.</summary>
    public async Task<int> FitAsync(CancellationToken stop)
    {
        int count = 0;
        long last = 0;
        for (; !stop.IsCancellationRequested; count++)
        {
            FitResult fit = await client.FitAsync(
                new FitRequest("other", "news") { Settings = new FitSettings { MinTopicSize = 20 } }, cancellationToken: Token);
            Assert.True(fit.Version > last, $"Version {fit.Version} after {last}.");
            last = fit.Version;
        }

        return count;
    }
}
