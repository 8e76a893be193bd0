using Grpc.Core;
using TopicGrpc.Server.Errors;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Models;

/// <summary>Streams a model's state: what is not sent yet when the client reads is one state, the newest.</summary>
internal sealed class ModelWatch(ModelRegistry models, IHostApplicationLifetime lifetime)
{
    public async Task RunAsync(string model, IServerStreamWriter<WatchModelResponse> responses, CancellationToken callCancelled)
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(callCancelled, lifetime.ApplicationStopping);
        ModelRoute? sent = null;
        try
        {
            while (true)
            {
                Task changed = models.Changed;
                ModelRoute route = models.Current.Model(model);
                if (!ReferenceEquals(route, sent))
                {
                    await responses.WriteAsync(State(route, sent), callCancelled);
                    sent = route;
                }

                await changed.WaitAsync(waiting.Token);
            }
        }
        catch (OperationCanceledException) when (!callCancelled.IsCancellationRequested)
        {
            throw Fault.Draining();
        }
    }

    private static WatchModelResponse State(ModelRoute route, ModelRoute? sent)
    {
        WatchModelResponse response = new() { Model = ModelMapping.ToProto(route) };
        response.ModelVersions.AddRange(route.All.Where(static entry => entry.State != VersionState.Stored).Select(ModelMapping.ToEvent));
        response.ModelVersions.AddRange((sent?.All ?? []).ExceptBy(route.All.Select(Number), Number).Select(ModelMapping.ToDeleted));
        return response;
    }

    private static long Number(VersionEntry entry) => entry.Record.VersionNumber;
}
