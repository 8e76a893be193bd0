using TopicGrpc.Engine.Topics;
using TopicGrpc.Engine.Topics.Queries;
using TopicGrpc.Server.Embedding;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Models;
using TopicGrpc.Server.Predicting;
using TopicGrpc.Shared;
using TopicGrpc.V1;
using RepresentativeDocument = TopicGrpc.V1.RepresentativeDocument;
using Topic = TopicGrpc.Engine.Topics.Topic;

namespace TopicGrpc.Server.Answering;

/// <summary>Answers a text and shows what speaks for a topic: the words it shares, how its words spread over topics, the margin to the next topic.</summary>
internal sealed class PredictionExplainer(Predictor predictor, TimeProvider clock)
{
    private const int MaxTerms = 20;

    public async Task<ExplainPredictionResponse> ExplainAsync(VersionHandle version, ExplainPredictionRequest request, long started, CallDeadline deadline)
    {
        DistributionOptions options = ExplanationMapping.FromProto(request);

        string name = ResourceNames.Version(version.Model, version.Number);
        TopicModel model = version.Content;
        if (request.HasTopicId && model.Find(request.TopicId) is null)
        {
            throw Fault.TopicNotFound(name, request.TopicId);
        }

        bool byCentroid = PredictionMapping.ByCentroid(request.Mode, model, "mode");
        PredictionAnswer answer = await predictor.PredictAsync(version, request.Text, byCentroid, allTopics: true, EmbeddingPriority.Interactive, deadline, deadline.Token);
        int topicId = request.HasTopicId ? request.TopicId : Explained(answer.Prediction);
        Topic topic = model.Find(topicId) ?? throw Fault.NotAvailable("The version has no topic to explain.");
        TextDistribution distribution = version.Queries.Ask(queries => queries.Distributions(options).Of(request.Text, request.IncludeTokens));
        ExplainPredictionResponse response = new()
        {
            Prediction = PredictionMapping.ToProto(answer, model, new PredictOptions { IncludeProbabilities = true }),
            TopicId = topicId,
            TopicName = topic.Name,
            ModelVersion = name,
        };
        response.Distribution.AddRange(ExplanationMapping.AboveZero(distribution.Topics));
        response.SharedTerms.AddRange(version.Queries.Ask(queries => queries.SharedTerms(request.Text, topicId, MaxTerms)).Select(ExplanationMapping.ToProto));
        response.RepresentativeDocuments.AddRange(topic.RepresentativeDocuments.Select(static document => new RepresentativeDocument { DocumentId = document.Id, Text = document.Text }));
        response.Tokens.AddRange(ExplanationMapping.Tokens(distribution));
        SetMargin(response, answer.Prediction, topicId);
        response.Timing = PredictionMapping.ToProto(answer, clock.GetElapsedTime(started));
        return response;
    }

    private static int Explained(TopicPrediction prediction) =>
        prediction.TopicId >= 0 || prediction.TopicProbabilities.Count == 0 ? prediction.TopicId : Best(prediction.TopicProbabilities, besides: -1);

    private static void SetMargin(ExplainPredictionResponse response, TopicPrediction prediction, int topicId)
    {
        double own = topicId < 0 ? prediction.OutlierProbability : prediction.TopicProbabilities[topicId];
        own = double.IsFinite(own) ? own : 0;
        int next = Best(prediction.TopicProbabilities, topicId);
        response.Margin = next < 0 ? own : own - prediction.TopicProbabilities[next];
        if (next >= 0)
        {
            response.NextTopicId = next;
        }
    }

    private static int Best(IReadOnlyList<double> probabilities, int besides)
    {
        int best = -1;
        for (int topic = 0; topic < probabilities.Count; topic++)
        {
            best = topic != besides && (best < 0 || probabilities[topic] > probabilities[best]) ? topic : best;
        }

        return best;
    }
}
