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
        if (fits.FindLive(id) is not { } job)
        {
            FitEvent last = await fits.RunAsync(store => store.LastEvent(id), callCancelled);
            if (last.Sequence > request.AfterSequence)
            {
                await responses.WriteAsync(FitStateMapping.ToProto(last), callCancelled);
            }

            return;
        }

        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(callCancelled, lifetime.ApplicationStopping);
        long seen = request.AfterSequence;
        while (true)
        {
            (IReadOnlyList<FitEvent> events, Task changed) = job.EventsAfter(seen);
            foreach (FitEvent item in events)
            {
                await responses.WriteAsync(FitStateMapping.ToProto(item), callCancelled);
                seen = item.Sequence;
                if (item.State.HasEnded)
                {
                    return;
                }
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
