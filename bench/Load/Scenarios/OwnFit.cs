using TopicGrpc.Client;
using TopicGrpc.Client.Fits;

namespace TopicGrpc.Load.Scenarios;

/// <summary>A fit that is canceled with its waiter, because a remaining fit would load the next scenarios.</summary>
internal static class OwnFit
{
    public static async Task<FitResult> RunAsync(TopicGrpcClient client, FitRequest request, CancellationToken cancellationToken)
    {
        FitHandle fit = await client.Fits.StartAsync(request, CancellationToken.None);
        try
        {
            return await fit.WaitAsync(cancellationToken: cancellationToken);
        }
        catch (OperationCanceledException)
        {
            await fit.CancelAsync(CancellationToken.None);
            throw;
        }
    }
}
