using TopicGrpc.Client.Calls;
using TopicGrpc.Client.Predictions;
using TopicGrpc.Client.Testing.Calls;
using TopicGrpc.Client.Testing.State;
using TopicGrpc.Client.Topics;
using Wire = TopicGrpc.V1;

namespace TopicGrpc.Client.Testing.Scripts;

/// <summary>Assignments of corpora: each document gets the scripted prediction of its text.</summary>
internal sealed class AssignmentScript(
    FitBook book, FakeModels models, FakeCorpora corpora, PredictionScript predictions, FakeAssignments assignments)
{
    public Wire.Fit Start(Wire.AssignCorpusRequest request)
    {
        string corpus = WireNames.Id(request.Corpus);
        FakeVersion version = models.Resolve(SelectorFromWire.Map(request.Selector));
        Wire.Fit fit = new()
        {
            Kind = Wire.Fit.Types.Kind.Assignment,
            Model = WireNames.Model(version.Model),
            Corpus = request.Corpus,
            ModelVersion = version.ResourceName,
            DocumentCount = corpora.Get(corpus).DocumentCount,
        };
        return book.Run(
            request.RequestId,
            fit,
            () => assignments.Set(
                corpus, version.ResourceName, [.. corpora.Documents(corpus).Select(document => Answer(version, document))]));
    }

    private DocumentTopic Answer(FakeVersion version, Corpora.TopicDocument document)
    {
        Prediction answer = predictions.Answer("AssignCorpus", version.Selector, document.Text);
        return new DocumentTopic(document.Id, answer.TopicId, answer.Probability, IsRepresentative: false);
    }
}
