using Grpc.Core;
using TopicGrpc.Server.Contract;
using TopicGrpc.Server.Errors;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Models;

/// <summary>Streams the state of a model. States that the client has not read yet collapse into the newest one.</summary>
internal sealed class ModelWatch(ModelRegistry models, IHostApplicationLifetime lifetime)
{
    public async Task RunAsync(
        WatchModelRequest request,
        IServerStreamWriter<WatchModelResponse> responses,
        CancellationToken callCancelled)
    {
        string modelId = RequestNames.ParseModel(request.Name, "name");
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(callCancelled, lifetime.ApplicationStopping);
        ModelRoute? sent = null;
        try
        {
            while (true)
            {
                Task changed = models.Changed;
                ModelRoute route = models.Current.Model(modelId);
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
        IEnumerable<VersionEntry> deleted = (sent?.All ?? []).ExceptBy(route.All.Select(Number), Number);
        WatchModelResponse response = new() { Model = ModelMapping.ToProto(route) };
        response.ModelVersions.AddRange(route.All.Where(static entry => entry.State != VersionState.Stored).Select(ModelMapping.ToEvent));
        response.ModelVersions.AddRange(deleted.Select(ModelMapping.ToDeleted));
        return response;
    }

    private static long Number(VersionEntry entry) => entry.Number;
}
