using System.Security.Cryptography;
using Google.Protobuf;
using TopicGrpc.Server.Access;
using TopicGrpc.Server.Contract;
using TopicGrpc.Server.Models;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Fitting;

/// <summary>Validates a request to assign a corpus and queues the job, so that the call reports most mistakes.</summary>
internal sealed class AssignmentAdmission(FitStore fits, AssignmentVectors vectors, ModelRegistry models)
{
    /// <summary>Queues an assignment, or returns the one that the same request queued before.</summary>
    /// <exception cref="Errors.ServiceException">
    /// The corpus or the version is missing, their encoders differ, a field is invalid, or the queue is full.
    /// </exception>
    public async Task<Fit> StartAsync(AssignCorpusRequest request, CancellationToken cancellationToken)
    {
        string corpusId = RequestNames.ParseCorpus(request.Corpus, "corpus");
        using VersionLease lease = await models.AcquireAsync(ModelMapping.FromProto(request.Selector), cancellationToken);
        await vectors.RequireSameEncoderAsync(corpusId, lease.Handle, cancellationToken);
        FitRequest assignment = new()
        {
            ModelId = lease.Handle.ModelId,
            CorpusId = corpusId,
            ParentVersion = lease.Handle.Name,
            IsAssignment = true,
            AssignLabels = [],
            RequestId = request.RequestId,
            Sha256 = SHA256.HashData(request.ToByteArray()),
        };
        CallerUse? caller = CallerScope.Current;
        return FitStateMapping.ToProto(await fits.RunAsync(
            store => store.Start(assignment, caller, static () => { }), cancellationToken));
    }
}
