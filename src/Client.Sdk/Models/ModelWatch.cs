using System.Runtime.CompilerServices;
using Grpc.Core;
using TopicGrpc.Client.Calls;
using Wire = TopicGrpc.V1;

namespace TopicGrpc.Client.Models;

/// <summary>Reads the states of a model over as many connections as it takes. A new connection begins with the state as it is: told on only where it differs from the last.</summary>
internal sealed class ModelWatch(ClientCore core, Wire.ModelService.ModelServiceClient stub, string model)
{
    public async IAsyncEnumerable<Wire.WatchModelResponse> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Reconnection reconnection = new(core, "WatchModel");
        Wire.WatchModelResponse? told = null;
        while (true)
        {
            using AsyncServerStreamingCall<Wire.WatchModelResponse> call = stub.WatchModel(new Wire.WatchModelRequest { Name = model }, cancellationToken: cancellationToken);
            bool isFirst = true;
            RpcException failure;
            while (true)
            {
                try
                {
                    if (!await call.ResponseStream.MoveNext(cancellationToken).ConfigureAwait(false))
                    {
                        failure = new RpcException(new Status(StatusCode.Unavailable, "The server ended the watch."));
                        break;
                    }
                }
                catch (RpcException broken)
                {
                    failure = broken;
                    break;
                }

                Wire.WatchModelResponse current = call.ResponseStream.Current;
                if (!isFirst || told is null || !Comparable(current).Equals(Comparable(told)))
                {
                    told = current;
                    yield return current;
                }

                isFirst = false;
            }

            // Nothing may change for days: a connection that brought the state was progress up to its end.
            if (!isFirst)
            {
                reconnection.Progressed();
            }

            await reconnection.WaitAsync(failure, cancellationToken).ConfigureAwait(false);
        }
    }

    // How many calls hold a version differs at every look.
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
