using TopicGrpc.Client;
using TopicGrpc.Client.Fits;

namespace TopicGrpc.Load.Scenarios;

/// <summary>A fit that ends with whoever waits for it: one left behind would load the scenarios after it.</summary>
internal static class OwnFit
{
    public static async Task<FitResult> RunAsync(TopicGrpcClient client, FitRequest request, CancellationToken cancellationToken)
    {
        FitOperation fit = await client.Fits.StartAsync(request, CancellationToken.None);
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
