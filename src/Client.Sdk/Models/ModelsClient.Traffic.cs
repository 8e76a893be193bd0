using System.Runtime.CompilerServices;
using TopicGrpc.Client.Calls;
using Wire = TopicGrpc.V1;

namespace TopicGrpc.Client.Models;

/// <content>Traffic policy, labels and watches.</content>
public partial class ModelsClient
{
    private static readonly RpcMethod RollbackMethod = RpcMethod.Of(
        Wire.ModelService.Descriptor, nameof(Wire.ModelService.ModelServiceClient.RollbackLabel));
    private static readonly RpcMethod SetTrafficMethod = RpcMethod.Of(
        Wire.ModelService.Descriptor, nameof(Wire.ModelService.ModelServiceClient.SetTrafficPolicy));
    private static readonly RpcMethod ShadowMethod = RpcMethod.Of(
        Wire.ModelService.Descriptor, nameof(Wire.ModelService.ModelServiceClient.GetShadowReport));

    /// <summary>
    /// Moves a label back by one step, to the version that carried it before. Takes effect immediately if that version is
    /// retained. The client does not retry the call.
    /// </summary>
    /// <param name="model">Id of the model.</param>
    /// <param name="label">Label.</param>
    /// <param name="etag">
    /// <see cref="ModelInfo.Etag"/> that the change is based on; the call fails if it is stale. Null: not compared.
    /// </param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The model after the change.</returns>
    /// <exception cref="Errors.ModelNotFoundException">The model or label does not exist.</exception>
    /// <exception cref="Errors.TopicGrpcException">
    /// The label has no previous version (NOT_AVAILABLE), the version cannot serve, or the etag is stale (ETAG_MISMATCH).
    /// </exception>
    public virtual async Task<ModelInfo> RollbackLabelAsync(
        string model, string label, string? etag = null, CancellationToken cancellationToken = default)
    {
        Wire.RollbackLabelRequest request = new() { Model = WireNames.Model(model), Label = label, Etag = etag ?? "" };
        Wire.RollbackLabelResponse response =
            await _core.Calls.RunAsync(
                RollbackMethod, CallClass.Admin, _stub.RollbackLabelAsync, request, cancellationToken).ConfigureAwait(false);
        return ModelMapping.Map(response.Model);
    }

    /// <summary>Replaces the traffic policy of a model. New calls follow the policy; running calls keep their version.</summary>
    /// <param name="model">Id of the model.</param>
    /// <param name="policy">The new policy; <see cref="TrafficPolicy.None"/> removes the policy.</param>
    /// <param name="etag">
    /// <see cref="ModelInfo.Etag"/> that the change is based on; the call fails if it is stale. Null: not compared.
    /// </param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The model after the change.</returns>
    /// <exception cref="Errors.ModelNotFoundException">The model or version does not exist.</exception>
    /// <exception cref="Errors.InvalidRequestException">The weights do not sum to 10,000, or another rule is broken.</exception>
    /// <exception cref="Errors.TopicGrpcException">A version cannot serve, or the etag is stale (ETAG_MISMATCH).</exception>
    public virtual async Task<ModelInfo> SetTrafficPolicyAsync(
        string model, TrafficPolicy policy, string? etag = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(policy);
        Wire.SetTrafficPolicyRequest request =
            new() { Model = WireNames.Model(model), TrafficPolicy = TrafficMapping.Map(policy), Etag = etag ?? "" };
        Wire.SetTrafficPolicyResponse response =
            await _core.Calls.RunAsync(
                SetTrafficMethod, CallClass.Admin, _stub.SetTrafficPolicyAsync, request, cancellationToken).ConfigureAwait(false);
        return ModelMapping.Map(response.Model);
    }

    /// <summary>Returns the differences between the shadow version and the answers of a model.</summary>
    /// <param name="model">Id of the model.</param>
    /// <param name="maxDisagreements">Most pairs of topics to return, up to 1,000; 0 for 50.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The report.</returns>
    /// <exception cref="Errors.ModelNotFoundException">The model does not exist.</exception>
    /// <exception cref="Errors.TopicGrpcException">The policy names no shadow version (NOT_AVAILABLE).</exception>
    public virtual async Task<ShadowReport> GetShadowReportAsync(
        string model, int maxDisagreements = 0, CancellationToken cancellationToken = default)
    {
        Wire.GetShadowReportRequest request = new() { Model = WireNames.Model(model), MaxDisagreements = maxDisagreements };
        Wire.GetShadowReportResponse response =
            await _core.Calls.RunAsync(
                ShadowMethod, CallClass.Read, _stub.GetShadowReportAsync, request, cancellationToken).ConfigureAwait(false);
        return TrafficMapping.Map(response);
    }

    /// <summary>
    /// Streams the current state of a model and every change until canceled; resumes after a broken connection. Changes that arrive faster
    /// than they are read are merged.
    /// </summary>
    /// <param name="model">Id of the model.</param>
    /// <param name="cancellationToken">Stops the watch.</param>
    /// <returns>States.</returns>
    /// <exception cref="Errors.ModelNotFoundException">The model does not exist.</exception>
    public virtual async IAsyncEnumerable<ModelState> WatchAsync(
        string model, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ModelWatch watch = new(_core, _stub, WireNames.Model(model));
        await foreach (Wire.WatchModelResponse state in watch.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            yield return new ModelState(ModelMapping.Map(state.Model), [.. state.ModelVersions.Select(ModelMapping.Map)]);
        }
    }
}
