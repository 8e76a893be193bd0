using TopicGrpc.Server.Contract;
using TopicGrpc.Server.Errors;
using TopicGrpc.Shared;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Models;

/// <summary>Validates and runs requests that change labels, the traffic policy or the versions of a model.</summary>
internal sealed class ModelChanges(ModelRegistry models, TimeProvider clock)
{
    public async Task<SetLabelResponse> SetLabelAsync(SetLabelRequest request, CancellationToken cancellationToken)
    {
        string modelId = RequestNames.ParseModel(request.Model, "model");
        string label = RequestNames.CheckLabel(request.Label, "label");
        (ModelRoute route, long previous) =
            await models.SetLabelAsync(modelId, label, request.VersionNumber, request.Etag, cancellationToken);
        return new SetLabelResponse { Model = ModelMapping.ToProto(route), PreviousVersionNumber = previous };
    }

    public async Task<RollbackLabelResponse> RollbackLabelAsync(RollbackLabelRequest request, CancellationToken cancellationToken)
    {
        string modelId = RequestNames.ParseModel(request.Model, "model");
        string label = RequestNames.CheckLabel(request.Label, "label");
        (ModelRoute route, long number) = await models.RollbackLabelAsync(modelId, label, request.Etag, cancellationToken);
        return new RollbackLabelResponse { Model = ModelMapping.ToProto(route), VersionNumber = number };
    }

    public async Task<SetTrafficPolicyResponse> SetTrafficPolicyAsync(SetTrafficPolicyRequest request, CancellationToken cancellationToken)
    {
        string modelId = RequestNames.ParseModel(request.Model, "model");
        TrafficPolicy traffic = TrafficMapping.FromProto(request.TrafficPolicy ?? new V1.TrafficPolicy(), clock.GetUtcNow());
        ModelRoute route = await models.SetTrafficAsync(modelId, traffic, request.Etag, cancellationToken);
        return new SetTrafficPolicyResponse { Model = ModelMapping.ToProto(route) };
    }

    public async Task<DeleteVersionResponse> DeleteVersionAsync(DeleteVersionRequest request, CancellationToken cancellationToken)
    {
        (string modelId, long number) = RequestNames.ParseVersion(request.Name, "name");
        return await models.DeleteVersionAsync(modelId, number, cancellationToken) || request.AllowMissing
            ? new DeleteVersionResponse()
            : throw Fault.VersionNotFound(ResourceNames.Model(modelId), number);
    }
}
