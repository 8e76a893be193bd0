using System.Diagnostics;
using Grpc.Core;
using TopicGrpc.Client.Errors;

namespace TopicGrpc.Client.Calls;

/// <summary>The activity and the duration of one call.</summary>
internal sealed class CallObservation : IDisposable
{
    private readonly RpcMethod _method;
    private readonly TimeProvider _time;
    private readonly long _started;
    private readonly Activity? _activity;
    private string _status = nameof(TopicGrpcStatus.Unknown);

    public CallObservation(RpcMethod method, TimeProvider time)
    {
        _method = method;
        _time = time;
        _started = time.GetTimestamp();
        _activity = Instruments.Activities.StartActivity(method.DisplayName, ActivityKind.Client);
        _activity?.SetTag("rpc.system", "grpc").SetTag("rpc.service", method.Service).SetTag("rpc.method", method.Name);
    }

    public static void Retry(CallState state, Exception failure)
    {
        string status = failure is RpcException rpc ? rpc.StatusCode.ToString() : nameof(TopicGrpcStatus.DeadlineExceeded);
        Instruments.Retries.Add(1, new TagList { { "rpc.method", state.Method.Name }, { "status", status } });
        Activity.Current?.AddEvent(new ActivityEvent(
            "retry",
            tags: new ActivityTagsCollection
            {
                ["attempt"] = state.Attempts,
                ["delay_ms"] = state.NextDelay.TotalMilliseconds,
                ["status"] = status,
            }));
    }

    public void Succeeded() => _status = nameof(TopicGrpcStatus.Ok);

    public void Failed(TopicGrpcStatus status)
    {
        _status = status.ToString();
        _activity?.SetStatus(ActivityStatusCode.Error, _status);
    }

    public TopicGrpcException Failed(TopicGrpcException failure)
    {
        Failed(failure.Status);
        _activity?.SetTag("error.type", failure.Reason.Length > 0 ? failure.Reason : _status);
        return failure;
    }

    public void Dispose()
    {
        Instruments.Duration.Record(
            _time.GetElapsedTime(_started).TotalSeconds,
            new TagList { { "rpc.service", _method.Service }, { "rpc.method", _method.Name }, { "status", _status } });
        _activity?.Dispose();
    }
}
