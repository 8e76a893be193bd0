using System.Globalization;
using Grpc.Core;
using TopicGrpc.Client.Errors;
using TopicGrpc.Client.Testing.Mapping;
using TopicGrpc.Client.Topics;
using TopicGrpc.Shared;
using Wire = TopicGrpc.V1;

namespace TopicGrpc.Client.Testing.Services;

/// <summary>Shows the topics of the fake's models.</summary>
internal sealed class FakeTopicService(FakeModels models) : Wire.TopicService.TopicServiceBase
{
    public override Task<Wire.ListTopicsResponse> ListTopics(Wire.ListTopicsRequest request, ServerCallContext context)
    {
        FakeVersion version = models.Resolve(SelectorFromWire.Map(request.Selector));
        Wire.ListTopicsResponse response = new() { ModelVersion = version.ResourceName, OutlierCount = version.OutlierCount };
        response.Topics.AddRange(version.Topics.Select(
            topic => TopicToWire.Map(topic, version.ResourceName, request.WordCount, request.OmitRepresentativeDocuments)));
        return Task.FromResult(response);
    }

    public override Task<Wire.GetTopicResponse> GetTopic(Wire.GetTopicRequest request, ServerCallContext context)
    {
        FakeVersion version = models.Resolve(SelectorFromWire.Map(request.Selector));
        bool byUid = request.TopicUid.Length > 0;
        TopicInfo? topic = version.Topics.FirstOrDefault(topic => byUid ? topic.Uid == request.TopicUid : topic.Id == request.TopicId);
        return topic is not null
            ? Task.FromResult(new Wire.GetTopicResponse { Topic = TopicToWire.Map(topic, version.ResourceName, wordCount: 0, omitDocuments: false) })
            : throw StatusToWire.Exception(
                TopicGrpcStatus.NotFound,
                ErrorReasons.TopicNotFound,
                $"Version {version.Version} of the fake's model '{version.Model}' has no topic {(byUid ? request.TopicUid : request.TopicId.ToString(CultureInfo.InvariantCulture))}.");
    }
}
