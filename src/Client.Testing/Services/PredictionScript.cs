using TopicGrpc.Client.Errors;
using TopicGrpc.Client.Models;
using TopicGrpc.Client.Predictions;
using TopicGrpc.Client.Testing.Mapping;
using TopicGrpc.Client.Topics;
using TopicGrpc.Shared;

namespace TopicGrpc.Client.Testing.Services;

/// <summary>How predictions are answered.</summary>
internal sealed class PredictionScript(FakeModels models)
{
    private volatile Func<ModelSelector, string, Prediction>? _answer;

    public Func<ModelSelector, string, Prediction> Answer
    {
        set => _answer = value;
    }

    public Func<ModelSelector, string, Prediction> Required(string method) =>
        _answer ?? throw StatusToWire.NotScripted(method, "script it with FakeTopicGrpc.OnPredict");

    /// <summary>The prediction of a topic of the model.</summary>
    public Prediction Of(ModelSelector model, int topicId)
    {
        FakeVersion version = models.Resolve(model);
        TopicInfo? topic = version.Topics.FirstOrDefault(topic => topic.Id == topicId);
        if (topic is null && topicId >= 0)
        {
            throw new ResourceNotFoundException(
                $"OnPredict chose the topic {topicId}, which version {version.Version} of the fake's model '{version.Model}' does not have.",
                new ErrorDetails { Status = TopicGrpcStatus.NotFound, Reason = ErrorReasons.TopicNotFound });
        }

        double probability = topicId < 0 ? 0 : 1;
        return new Prediction
        {
            TopicId = topicId,
            TopicUid = topic?.Uid ?? "",
            Name = topic?.Name ?? "-1_outliers",
            Label = topic?.Label ?? "",
            Mode = PredictMode.Density,
            Probability = probability,
            Words = topic?.Words ?? [],
            Probabilities = version.Topics.Where(static other => other.Id >= 0).ToDictionary(static other => other.Id, other => other.Id == topicId ? 1.0 : 0.0),
            OutlierMass = 1 - probability,
            Model = version.Model,
            Version = version.Version,
        };
    }
}
