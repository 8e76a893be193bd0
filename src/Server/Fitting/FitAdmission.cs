using System.Security.Cryptography;
using Google.Protobuf;
using TopicGrpc.Server.Access;
using TopicGrpc.Server.Contract;
using TopicGrpc.Server.Models;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Fitting;

/// <summary>Validates a request for a fit and queues the fit, so that the call reports most mistakes.</summary>
internal sealed class FitAdmission(FitStore fits, ModelRegistry models, FitEstimation estimation)
{
    /// <summary>Queues a fit, or returns the fit that the same request queued before.</summary>
    /// <exception cref="Errors.ServiceException">
    /// A field is invalid, the corpus is missing, too small or too large, the queue is full, or a limit is reached.
    /// </exception>
    public async Task<Fit> StartAsync(StartFitRequest request, CancellationToken cancellationToken)
    {
        string modelId = RequestNames.ParseModel(request.Model, "model");
        (string corpusId, FitSettings settings, V1.FitEstimate estimate) = await estimation.CheckAsync(
            request.Corpus, request.Settings, cancellationToken);
        FitEstimation.RequireMemory(request.Corpus, estimate);
        FitRequest fit = new()
        {
            ModelId = modelId,
            CorpusId = corpusId,
            AssignLabels = [.. request.AssignLabels],
            Settings = settings,
            Estimate = estimate,
            RequestId = request.RequestId,
            Sha256 = SHA256.HashData(request.ToByteArray()),
        };
        CallerUse? caller = CallerScope.Current;
        return FitStateMapping.ToProto(await fits.RunAsync(
            store => store.Start(fit, caller, () => models.RequireVersion(modelId, fit.AssignLabels)),
            cancellationToken));
    }
}
