using TopicGrpc.Client.Errors;
using TopicGrpc.Client.Predictions;
using TopicGrpc.Client.Selectors;
using TopicGrpc.Client.Testing.Calls;
using TopicGrpc.Client.Testing.State;
using TopicGrpc.Client.Topics;
using TopicGrpc.Shared;

namespace TopicGrpc.Client.Testing.Scripts;

/// <summary>Scripts of predictions and explanations.</summary>
internal sealed class PredictionScript(FakeModels models)
{
    private volatile Func<ModelSelector, string, Prediction>? _ofText;
    private volatile Func<ModelSelector, ReadOnlyMemory<float>, Prediction>? _ofEmbedding;
    private volatile Func<ModelSelector, string, ExplainOptions, Explanation>? _explanation;

    public Func<ModelSelector, string, Prediction> OfText
    {
        set => _ofText = value;
    }

    public Func<ModelSelector, ReadOnlyMemory<float>, Prediction> OfEmbedding
    {
        set => _ofEmbedding = value;
    }

    public Func<ModelSelector, string, ExplainOptions, Explanation> Explanation
    {
        set => _explanation = value;
    }

    public Prediction Answer(string method, ModelSelector model, string text) =>
        (_ofText ?? throw StatusToWire.NotScripted(method, "script it with FakeTopicGrpc.OnPredict"))(model, text);

    /// <summary>Answers an embedding, or the text if the embedding is empty.</summary>
    public Prediction Answer(string method, ModelSelector model, string text, IReadOnlyCollection<float> embedding)
    {
        if (embedding.Count == 0)
        {
            return Answer(method, model, text);
        }

        Func<ModelSelector, ReadOnlyMemory<float>, Prediction> answer =
            _ofEmbedding ?? throw StatusToWire.NotScripted(
                method, "the client sent an embedding; script it with FakeTopicGrpc.OnPredictEmbedding");
        return answer(model, embedding.ToArray());
    }

    public Explanation Explain(ModelSelector model, string text, ExplainOptions options) =>
        (
            _explanation ?? throw StatusToWire.NotScripted(
                "ExplainPrediction", "script it with FakeTopicGrpc.OnExplain"))(model, text, options);

    /// <summary>Returns the prediction of a topic of a model.</summary>
    public Prediction Of(ModelSelector model, int topicId)
    {
        FakeVersion version = models.Resolve(model);
        TopicInfo? topic = version.Topics.FirstOrDefault(topic => topic.Id == topicId);
        if (topic is null && topicId >= 0)
        {
            throw new ResourceNotFoundException(
                $"The script returned topic {topicId}; version {version.Version} of the fake's model '{version.Model}' has no such topic.",
                new ErrorDetails { Status = TopicGrpcStatus.NotFound, Reason = ErrorReasons.TopicNotFound });
        }

        double probability = topicId < 0 ? 0 : 1;
        return new Prediction
        {
            TopicId = topicId,
            TopicUid = topic?.Uid ?? "",
            Name = topic?.Name ?? FakeVersion.OutlierName,
            Label = topic?.Label ?? "",
            Mode = PredictMode.Density,
            Probability = probability,
            Basis = topicId < 0 ? PredictionBasis.Outlier : PredictionBasis.Cluster,
            Words = topic?.Words ?? [],
            Probabilities = version.Topics.Where(static other => other.Id >= 0).ToDictionary(
                static other => other.Id, other => other.Id == topicId ? 1.0 : 0.0),
            OutlierProbability = 1 - probability,
            Model = version.Model,
            Version = version.Version,
        };
    }
}
