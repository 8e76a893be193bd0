using Grpc.Core;
using TopicGrpc.Server.Contract;
using TopicGrpc.Server.Errors;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Fitting;

/// <summary>Streams the events of a fit until the fit has ended.</summary>
internal sealed class FitWatch(FitStore fits, IHostApplicationLifetime lifetime)
{
    public async Task RunAsync(WatchFitRequest request, IServerStreamWriter<WatchFitResponse> responses, CancellationToken callCancelled)
    {
        string id = RequestNames.ParseFit(request.Name, "name");
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(callCancelled, lifetime.ApplicationStopping);
        long seen = request.AfterSequence;
        while (true)
        {
            FitEvents next = await fits.EventsAfterAsync(id, seen, callCancelled);
            foreach (FitEvent item in next.Events)
            {
                await responses.WriteAsync(FitStateMapping.ToProto(item), callCancelled);
                seen = item.Sequence;
            }

            if (next.Changed is not { } changed)
            {
                return;
            }

            await WaitAsync(changed, waiting.Token, callCancelled);
        }
    }

    private static async Task WaitAsync(Task changed, CancellationToken waiting, CancellationToken callCancelled)
    {
        try
        {
            await changed.WaitAsync(waiting);
        }
        catch (OperationCanceledException) when (!callCancelled.IsCancellationRequested)
        {
            throw Fault.Draining();
        }
    }
}
