using TopicGrpc.Server.Contract;
using TopicGrpc.Server.Models;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Fitting;

/// <summary>Checks an operation against the version it starts from and queues it, so that most mistakes are told at once and not by a fit that fails.</summary>
internal sealed class DerivationAdmission(ModelRegistry models, FitStore fits, TrainingDocuments training, VersionMerging merging)
{
    public async Task<Fit> StartAsync(DeriveVersionRequest request, CancellationToken cancellationToken)
    {
        VersionChoice choice = ModelMapping.FromProto(request.Selector);
        RequestIds.Check(request.RequestId);
        AssignedLabels.Check(request.AssignLabels);
        using VersionLease lease = await models.AcquireAsync(choice, cancellationToken);
        VersionHandle parent = lease.Handle;
        Fit draft = new()
        {
            Model = ResourceNames.Model(parent.Model),
            Settings = new FitSettings(),
            ParentVersion = ResourceNames.Version(parent.Model, parent.Number),
            Operation = request.Operation,
            AssignLabels = { request.AssignLabels },
        };
        if (request.Operation?.MergeModels is { } merge)
        {
            using MergeInput checkedOnly = await merging.OpenAsync(parent, merge, cancellationToken);
        }
        else
        {
            draft.Corpus = Check(request.Operation, parent);
        }

        return fits.Start(draft, request.RequestId, request);
    }

    private string Check(VersionOperation? operation, VersionHandle parent)
    {
        if (OperationMapping.FromProto(operation, parent.Content).NeedsDocuments)
        {
            training.Require(parent);
        }

        return training.CorpusOf(parent) is { Length: > 0 } corpus ? ResourceNames.Corpus(corpus) : string.Empty;
    }
}
