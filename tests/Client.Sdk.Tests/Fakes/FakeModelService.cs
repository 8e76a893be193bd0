using System.Collections.Concurrent;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using TopicGrpc.V1;

namespace TopicGrpc.Client.Sdk.Tests.Fakes;

/// <summary>Plays states of a model, over one connection after another, and keeps what it was asked.</summary>
internal sealed partial class FakeModelService : ModelService.ModelServiceBase
{
    /// <summary>States that each connection sends before it ends; the last one stays open.</summary>
    public ConcurrentQueue<WatchModelResponse[]> Connections { get; } = new();

    public ConcurrentQueue<SetTrafficPolicyRequest> Policies { get; } = new();

    public ConcurrentQueue<RollbackLabelRequest> Rollbacks { get; } = new();

    /// <summary>Failures of the next calls.</summary>
    public ConcurrentQueue<RpcException> Failures { get; } = new();

    public override async Task WatchModel(
        WatchModelRequest request,
        IServerStreamWriter<WatchModelResponse> responseStream,
        ServerCallContext context)
    {
        if (!Connections.TryDequeue(out WatchModelResponse[]? states))
        {
            throw Refusals.Make(StatusCode.NotFound, "MODEL_NOT_FOUND");
        }

        foreach (WatchModelResponse state in states)
        {
            await responseStream.WriteAsync(state, context.CancellationToken);
        }

        if (Connections.IsEmpty)
        {
            await Task.Delay(Timeout.Infinite, context.CancellationToken);
        }

        throw Refusals.Make(StatusCode.Unavailable, "SERVER_DRAINING");
    }

    public override Task<SetTrafficPolicyResponse> SetTrafficPolicy(SetTrafficPolicyRequest request, ServerCallContext context)
    {
        Policies.Enqueue(request);
        return Failures.TryDequeue(out RpcException? failure)
            ? throw failure
            : Task.FromResult(new SetTrafficPolicyResponse
            {
                Model = new Model { Name = request.Model, TrafficPolicy = request.TrafficPolicy, Etag = "next" },
            });
    }

    public override Task<RollbackLabelResponse> RollbackLabel(RollbackLabelRequest request, ServerCallContext context)
    {
        Rollbacks.Enqueue(request);
        return Failures.TryDequeue(out RpcException? failure)
            ? throw failure
            : Task.FromResult(new RollbackLabelResponse
            {
                Model = new Model { Name = request.Model, VersionLabels = { { request.Label, 3 } } },
                VersionNumber = 3,
            });
    }

    public override Task<GetShadowReportResponse> GetShadowReport(GetShadowReportRequest request, ServerCallContext context) =>
        Task.FromResult(new GetShadowReportResponse
        {
            ShadowVersion = request.Model + "/versions/8",
            StartTime = Timestamp.FromDateTimeOffset(DateTimeOffset.UnixEpoch),
            ComparedCount = 8,
            DisagreedCount = 2,
            DroppedCount = request.MaxDisagreements,
            FailedCount = 4,
            Disagreements =
            {
                new GetShadowReportResponse.Types.Disagreement
                {
                    ModelVersion = "models/news/versions/7",
                    TopicId = 3,
                    TopicName = "3_gpu",
                    TopicUid = "tgpu",
                    ShadowTopicId = -1,
                    ShadowTopicName = "-1_the",
                    Count = 2,
                },
            },
        });
}
