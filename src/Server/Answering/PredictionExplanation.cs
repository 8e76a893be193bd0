using TopicGrpc.Engine.Topics;
using TopicGrpc.Engine.Topics.Queries;
using TopicGrpc.Server.Embedding;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Models;
using TopicGrpc.Server.Predicting;
using TopicGrpc.Server.Receiving;
using TopicGrpc.V1;
using RepresentativeDocument = TopicGrpc.V1.RepresentativeDocument;
using Topic = TopicGrpc.Engine.Topics.Topic;

namespace TopicGrpc.Server.Answering;

/// <summary>
/// Predicts the topic of a text and explains a topic's probability: shared terms, approximate distribution of the tokens over topics, and
/// the margin to the next topic.
/// </summary>
internal sealed class PredictionExplanation(ModelRegistry models, Predictor predictor, QueryLane lane, TimeProvider clock)
{
    private const int MaxTerms = 20;
    private const int MaxTokens = 10_000;
    private const int MaxTokenValues = 10_000_000;
    private const long CostlyValues = 1_000_000;

    public async Task<ExplainPredictionResponse> ExplainAsync(ExplainPredictionRequest request, CallDeadline deadline)
    {
        long started = clock.GetTimestamp();
        VersionSelector selector = ModelMapping.FromProto(request.Selector) with
        {
            Key = RoutingKey.Of(request.RoutingKey, [request.Text], []),
        };
        using VersionLease lease = await models.AcquireAsync(selector, deadline.Token);
        return await ExplainAsync(lease.Handle, request, started, deadline);
    }

    private async Task<ExplainPredictionResponse> ExplainAsync(
        VersionHandle version,
        ExplainPredictionRequest request,
        long started,
        CallDeadline deadline)
    {
        DistributionOptions options = ExplanationMapping.FromProto(request);
        TopicModel model = version.Content;
        if (request.HasTopicId && model.Find(request.TopicId) is null)
        {
            throw Fault.TopicNotFound(version.Name, request.TopicId);
        }

        CheckTokens(request, model);
        Question question = new(request.Text, PredictionMapping.Method(request.Mode, model, "mode"), EmbeddingPriority.Interactive)
        {
            AllTopics = true,
            Deadline = deadline,
        };
        PredictionAnswer answer = await predictor.PredictAsync(version, question, deadline.Token);
        int topicId = request.HasTopicId ? request.TopicId : ExplainedTopic(answer.Prediction);
        Topic topic = model.Find(topicId) ?? throw Fault.NotAvailable("The version has no topic to explain.");
        TextDistribution distribution = await DistributionAsync(version, request, options, deadline.Token);
        IReadOnlyList<SharedTerm> terms = version.Queries.Ask(queries => queries.SharedTerms(request.Text, topicId, MaxTerms));
        ExplainPredictionResponse response = new()
        {
            Prediction = PredictionMapping.ToProto(answer, model, new PredictOptions { IncludeProbabilities = true }),
            TopicId = topicId,
            TopicName = topic.Name,
            ModelVersion = version.Name,
        };
        response.Distribution.AddRange(ExplanationMapping.AboveZero(distribution.Topics));
        response.SharedTerms.AddRange(terms.Select(ExplanationMapping.ToProto));
        response.RepresentativeDocuments.AddRange(topic.RepresentativeDocuments.Select(
            static document => new RepresentativeDocument { DocumentId = document.Id, Text = document.Text }));
        response.Tokens.AddRange(ExplanationMapping.Tokens(distribution));
        SetMargin(response, answer.Prediction, topicId);
        response.Timing = PredictionMapping.ToProto(answer, clock.GetElapsedTime(started));
        return response;
    }

    /// <summary>Checks the number of words before the text is embedded.</summary>
    private static void CheckTokens(ExplainPredictionRequest request, TopicModel model)
    {
        int most = Math.Min(MaxTokens, MaxTokenValues / Math.Max(1, model.Topics.Count));
        if (request.IncludeTokens
            && TextDistributions.CountTokens(request.Text, model.Options.Words.Segmentation) is var tokens
            && tokens > most)
        {
            throw Fault.InputTooLarge("text", "words with include_tokens", most, tokens);
        }
    }

    private async Task<TextDistribution> DistributionAsync(
        VersionHandle version,
        ExplainPredictionRequest request,
        DistributionOptions options,
        CancellationToken cancellationToken)
    {
        TextDistributions distributions = version.Queries.Ask(queries => queries.Distributions(options));
        int tokens = TextDistributions.CountTokens(request.Text, version.Content.Options.Words.Segmentation);
        int topics = Math.Max(1, version.Content.Topics.Count);
        return (long)tokens * topics < CostlyValues
            ? distributions.Of(request.Text, request.IncludeTokens, cancellationToken)
            : await lane.RunAsync(
                () => Task.FromResult(distributions.Of(request.Text, request.IncludeTokens, cancellationToken)),
                cancellationToken);
    }

    private static int ExplainedTopic(TopicPrediction prediction) => prediction.TopicId >= 0 || prediction.TopicProbabilities.Count == 0
        ? prediction.TopicId
        : MostProbable(prediction.TopicProbabilities, except: -1);

    private static void SetMargin(ExplainPredictionResponse response, TopicPrediction prediction, int topicId)
    {
        double own = topicId < 0 ? prediction.OutlierProbability : prediction.TopicProbabilities[topicId];
        own = double.IsFinite(own) ? own : 0;
        int next = MostProbable(prediction.TopicProbabilities, topicId);
        response.Margin = next < 0 ? own : own - prediction.TopicProbabilities[next];
        if (next >= 0)
        {
            response.NextTopicId = next;
        }
    }

    private static int MostProbable(IReadOnlyList<double> probabilities, int except)
    {
        int best = -1;
        for (int topic = 0; topic < probabilities.Count; topic++)
        {
            best = topic != except && (best < 0 || probabilities[topic] > probabilities[best]) ? topic : best;
        }

        return best;
    }
}
