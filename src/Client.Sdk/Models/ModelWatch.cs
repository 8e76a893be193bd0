using TopicGrpc.Client.Calls;
using Wire = TopicGrpc.V1;

namespace TopicGrpc.Client.Models;

/// <summary>
/// Reads the states of a model without end. Every connection starts with the current state, which is skipped if it equals the last one.
/// </summary>
internal sealed class ModelWatch(ClientCore core, Wire.ModelService.ModelServiceClient stub, string model)
    : IStreamPosition<Wire.WatchModelResponse>
{
    private Wire.WatchModelResponse? _last;
    private bool _isFirstOfConnection;

    public bool IsComplete => false;

    public IAsyncEnumerable<Wire.WatchModelResponse> ReadAsync(CancellationToken cancellationToken) =>
        new ResumingStream<Wire.WatchModelResponse>(core, "WatchModel", this).ReadAsync(cancellationToken);

    public IStreamConnection<Wire.WatchModelResponse> Open(CancellationToken cancellationToken)
    {
        _isFirstOfConnection = true;
        return new WatchConnection<Wire.WatchModelResponse>(
            stub.WatchModel(new Wire.WatchModelRequest { Name = model }, cancellationToken: cancellationToken));
    }

    public bool Accept(Wire.WatchModelResponse response)
    {
        bool isRepeated = _isFirstOfConnection && _last is not null && Comparable(response).Equals(Comparable(_last));
        _isFirstOfConnection = false;
        if (!isRepeated)
        {
            _last = response;
        }

        return !isRepeated;
    }

    // The number of leases changes all the time; alone it makes no new state.
    private static Wire.WatchModelResponse Comparable(Wire.WatchModelResponse state)
    {
        Wire.WatchModelResponse copy = state.Clone();
        foreach (Wire.ModelVersion version in copy.ModelVersions)
        {
            version.ActiveLeases = 0;
        }

        return copy;
    }
}
