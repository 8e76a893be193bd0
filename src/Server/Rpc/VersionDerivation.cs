using TopicGrpc.Engine.Topics.Operations;
using TopicGrpc.Server.Fitting;
using TopicGrpc.Server.Mapping;
using TopicGrpc.Server.Models;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Rpc;

/// <summary>Checks an operation against the version it starts from and queues it, so that most mistakes are told at once and not by a fit that fails.</summary>
internal sealed class VersionDerivation(ModelRegistry models, FitStore fits, TrainingDocuments training)
{
    public async Task<Fit> StartAsync(DeriveVersionRequest request, CancellationToken cancellationToken)
    {
        VersionChoice choice = ModelMapping.FromProto(request.Selector);
        RequestIds.Check(request.RequestId);
        AssignedLabels.Check(request.AssignLabels);
        using VersionLease lease = await models.AcquireAsync(choice, cancellationToken);
        VersionHandle parent = lease.Handle;
        TopicOperation operation = OperationMapping.FromProto(request.Operation, parent.Content);
        if (operation.NeedsDocuments)
        {
            training.CorpusOf(parent);
        }

        Fit draft = new()
        {
            Model = ResourceNames.Model(parent.Model),
            Corpus = parent.FitId is { } fit ? fits.Get(fit).Corpus : string.Empty,
            Settings = new FitSettings(),
            ParentVersion = ResourceNames.Version(parent.Model, parent.Number),
            Operation = request.Operation,
            AssignLabels = { request.AssignLabels },
        };
        return fits.Start(draft, request.RequestId, request);
    }
}
