using System.Security.Cryptography;
using Google.Protobuf;
using TopicGrpc.Engine.Topics.Operations;
using TopicGrpc.Server.Access;
using TopicGrpc.Server.Contract;
using TopicGrpc.Server.Models;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Fitting;

/// <summary>Validates an operation against its parent version and queues the derivation, so that the call reports most mistakes.</summary>
internal sealed class DerivationAdmission(ModelRegistry models, FitStore fits, TrainingDocuments training, VersionMerging merging)
{
    public async Task<Fit> StartAsync(DeriveVersionRequest request, CancellationToken cancellationToken)
    {
        VersionSelector choice = ModelMapping.FromProto(request.Selector);
        using VersionLease lease = await models.AcquireAsync(choice, cancellationToken);
        VersionHandle parent = lease.Handle;
        string corpusId = string.Empty;
        if (request.Operation.MergeModels is { } merge)
        {
            using MergeInput checkedOnly = await merging.OpenAsync(parent, merge, cancellationToken);
        }
        else
        {
            corpusId = await CheckAsync(request.Operation, parent, cancellationToken);
        }

        FitRequest derivation = new()
        {
            ModelId = parent.ModelId,
            CorpusId = corpusId,
            ParentVersion = parent.Name,
            AssignLabels = [.. request.AssignLabels],
            Operation = request.Operation,
            RequestId = request.RequestId,
            Sha256 = SHA256.HashData(request.ToByteArray()),
        };
        CallerUse? caller = CallerScope.Current;
        return FitStateMapping.ToProto(await fits.RunAsync(
            store => store.Start(derivation, caller, () => models.RequireVersion(parent.ModelId, derivation.AssignLabels)),
            cancellationToken));
    }

    private async Task<string> CheckAsync(VersionOperation operation, VersionHandle parent, CancellationToken cancellationToken)
    {
        TopicOperation change = OperationMapping.FromProto(operation, parent.Content);
        EncoderNeed.Check(change, parent);
        if (change.NeedsDocuments)
        {
            await training.RequireAsync(parent, cancellationToken);
        }

        return await training.CorpusOfAsync(parent, cancellationToken);
    }
}
