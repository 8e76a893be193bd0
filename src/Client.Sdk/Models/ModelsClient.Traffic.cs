using System.Runtime.CompilerServices;
using TopicGrpc.Client.Calls;
using Wire = TopicGrpc.V1;

namespace TopicGrpc.Client.Models;

/// <content>Which version answers: policy, labels, and watching both.</content>
public partial class ModelsClient
{
    private static readonly RpcMethod RollbackMethod = RpcMethod.Of(Wire.ModelService.Descriptor, nameof(Wire.ModelService.ModelServiceClient.RollbackLabel));
    private static readonly RpcMethod SetTrafficMethod = RpcMethod.Of(Wire.ModelService.Descriptor, nameof(Wire.ModelService.ModelServiceClient.SetTrafficPolicy));
    private static readonly RpcMethod ShadowMethod = RpcMethod.Of(Wire.ModelService.Descriptor, nameof(Wire.ModelService.ModelServiceClient.GetShadowReport));

    /// <summary>Points a label back at the version before its last move, one step. While that version is kept loaded, it is one pointer move. Never retried by itself.</summary>
    /// <param name="model">Id of the model.</param>
    /// <param name="label">Label.</param>
    /// <param name="etag"><see cref="ModelInfo.Etag"/> as it was read: nothing is changed where it is no longer true; null: not compared.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The model afterwards; <see cref="ModelInfo.Labels"/> says where the label points.</returns>
    /// <exception cref="Errors.ModelNotFoundException">There is no such model or label.</exception>
    /// <exception cref="Errors.TopicGrpcException">There is no version to go back to (NOT_AVAILABLE), it cannot serve, or the model has changed (ETAG_MISMATCH).</exception>
    public virtual async Task<ModelInfo> RollbackLabelAsync(string model, string label, string? etag = null, CancellationToken cancellationToken = default)
    {
        Wire.RollbackLabelRequest request = new() { Model = WireNames.Model(model), Label = label, Etag = etag ?? "" };
        Wire.RollbackLabelResponse response =
            await _core.Calls.RunAsync(RollbackMethod, CallClass.Admin, _stub.RollbackLabelAsync, request, cancellationToken).ConfigureAwait(false);
        return ModelMapping.Map(response.Model);
    }

    /// <summary>Replaces the traffic policy of a model. Calls that begin afterwards are answered by it; calls at work keep what they have.</summary>
    /// <param name="model">Id of the model.</param>
    /// <param name="policy">The whole new policy; <see cref="TrafficPolicy.None"/> ends it.</param>
    /// <param name="etag"><see cref="ModelInfo.Etag"/> as it was read: nothing is changed where it is no longer true; null: not compared.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The model afterwards.</returns>
    /// <exception cref="Errors.ModelNotFoundException">There is no such model or version.</exception>
    /// <exception cref="Errors.InvalidRequestException">Shares do not sum to 10,000, or another rule is broken.</exception>
    /// <exception cref="Errors.TopicGrpcException">A version cannot serve, or the model has changed (ETAG_MISMATCH).</exception>
    public virtual async Task<ModelInfo> SetTrafficPolicyAsync(string model, TrafficPolicy policy, string? etag = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(policy);
        Wire.SetTrafficPolicyRequest request = new() { Model = WireNames.Model(model), TrafficPolicy = TrafficMapping.Map(policy), Etag = etag ?? "" };
        Wire.SetTrafficPolicyResponse response =
            await _core.Calls.RunAsync(SetTrafficMethod, CallClass.Admin, _stub.SetTrafficPolicyAsync, request, cancellationToken).ConfigureAwait(false);
        return ModelMapping.Map(response.Model);
    }

    /// <summary>Returns what the shadow version of a model answered differently.</summary>
    /// <param name="model">Id of the model.</param>
    /// <param name="maxDisagreements">Most pairs of topics returned, up to 1000; 0: 50.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The report.</returns>
    /// <exception cref="Errors.ModelNotFoundException">There is no such model.</exception>
    /// <exception cref="Errors.TopicGrpcException">The policy names no shadow version (NOT_AVAILABLE).</exception>
    public virtual async Task<ShadowReport> GetShadowReportAsync(string model, int maxDisagreements = 0, CancellationToken cancellationToken = default)
    {
        Wire.GetShadowReportRequest request = new() { Model = WireNames.Model(model), MaxDisagreements = maxDisagreements };
        Wire.GetShadowReportResponse response =
            await _core.Calls.RunAsync(ShadowMethod, CallClass.Read, _stub.GetShadowReportAsync, request, cancellationToken).ConfigureAwait(false);
        return TrafficMapping.Map(response);
    }

    /// <summary>Streams the state of a model now and after every change, until it is stopped; goes on after a broken connection. Changes that come faster than they are read are merged.</summary>
    /// <param name="model">Id of the model.</param>
    /// <param name="cancellationToken">Stops watching.</param>
    /// <returns>States.</returns>
    /// <exception cref="Errors.ModelNotFoundException">There is no such model.</exception>
    public virtual async IAsyncEnumerable<ModelState> WatchAsync(string model, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ModelWatch watch = new(_core, _stub, WireNames.Model(model));
        await foreach (Wire.WatchModelResponse state in watch.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            yield return new ModelState(ModelMapping.Map(state.Model), [.. state.ModelVersions.Select(ModelMapping.Map)]);
        }
    }
}
