using System.Security.Cryptography;
using Google.Protobuf;
using TopicGrpc.Engine.Topics.Settings;
using TopicGrpc.Server.Contract;
using TopicGrpc.Server.Corpora;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Fitting;

/// <summary>Validates a request for a fit and queues the fit, so that the call reports most mistakes.</summary>
internal sealed class FitAdmission(FitStore fits, CorpusStore corpora)
{
    /// <summary>Queues a fit, or returns the fit that the same request queued before.</summary>
    /// <exception cref="Errors.ServiceException">A field is invalid, the corpus is missing or too small, or the queue is full.</exception>
    public async Task<Fit> StartAsync(StartFitRequest request, CancellationToken cancellationToken)
    {
        string modelId = RequestNames.ParseModel(request.Model, "model");
        string corpusId = RequestNames.ParseCorpus(request.Corpus, "corpus");
        FitSettings given = request.Settings ?? new FitSettings { Preset = FitSettings.Types.Preset.Auto };
        TopicModelOptions settings = FitSettingsContract.FromProto(given);
        CorpusSummary corpus = await corpora.Get(corpusId).Corpus.OpenAsync(cancellationToken);
        MinimumDocuments.Check(request.Corpus, corpus.Documents, given, settings);
        return FitStateMapping.ToProto(fits.Start(new FitRequest
        {
            ModelId = modelId,
            CorpusId = corpusId,
            AssignLabels = [.. request.AssignLabels],
            Settings = given,
            RequestId = request.RequestId,
            Sha256 = SHA256.HashData(request.ToByteArray()),
        }));
    }
}
