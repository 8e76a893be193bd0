using System.Diagnostics;
using Grpc.Core;
using TopicGrpc.Server.Contract;
using TopicGrpc.Server.Errors;

namespace TopicGrpc.Server.Receiving;

/// <summary>Maps exceptions to statuses. A defect is logged with its stack trace; the client gets only the trace id.</summary>
internal sealed class FaultTranslation(CallMetrics metrics, ILogger<FaultTranslation> logger)
{
    /// <summary>Returns the status that the client gets.</summary>
    public RpcException Translate(Exception exception, EndedCall call)
    {
        switch (exception)
        {
            case ServiceException rejection:
                metrics.Rejected(rejection.Reason);
                if (rejection.InnerException is not null)
                {
                    Log.Rejected(logger, rejection.InnerException, call.Method, rejection.Reason);
                }

                return StatusMapping.ToRpc(rejection);
            case OperationCanceledException or IOException when call.IsCancelled:
                return call.IsLate
                    ? new RpcException(new Status(StatusCode.DeadlineExceeded, "The deadline has passed."))
                    : new RpcException(new Status(StatusCode.Cancelled, "The call was cancelled."));
            case { } failure when StorageErrors.Classify(failure) != StorageError.None:
                ServiceException storage = Fault.StorageUnavailable("The change", exception);
                metrics.Rejected(storage.Reason);
                Log.Rejected(logger, exception, call.Method, storage.Reason);
                return StatusMapping.ToRpc(storage);
            default:
                string trace = Activity.Current?.TraceId.ToString() ?? call.RequestId;
                Log.Defect(logger, exception, call.Method, trace);
                return StatusMapping.ToRpc(Fault.Defect(trace));
        }
    }
}

/// <summary>A call that ended with an exception.</summary>
/// <param name="Method">Name of the method, for the log.</param>
/// <param name="IsCancelled">Whether the caller left or its deadline passed.</param>
/// <param name="IsLate">Whether the deadline passed.</param>
/// <param name="RequestId">What names the call in the log without a trace.</param>
internal sealed record EndedCall(string Method, bool IsCancelled, bool IsLate, string RequestId);
