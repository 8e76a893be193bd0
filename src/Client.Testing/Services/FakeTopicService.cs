using System.Globalization;
using Grpc.Core;
using TopicGrpc.Client.Calls;
using TopicGrpc.Client.Errors;
using TopicGrpc.Client.Testing.Calls;
using TopicGrpc.Client.Testing.Mapping;
using TopicGrpc.Client.Testing.Scripts;
using TopicGrpc.Client.Testing.State;
using TopicGrpc.Client.Topics;
using TopicGrpc.Shared;
using Wire = TopicGrpc.V1;

namespace TopicGrpc.Client.Testing.Services;

/// <summary>Returns the topics of the fake's models.</summary>
internal sealed partial class FakeTopicService(FakeModels models, FakeAssignments assignments, QueryScript script)
    : Wire.TopicService.TopicServiceBase
{
    public override Task<Wire.ListTopicsResponse> ListTopics(Wire.ListTopicsRequest request, ServerCallContext context)
    {
        FakeVersion version = Version(request.Selector);
        Wire.ListTopicsResponse response = new() { ModelVersion = version.ResourceName, OutlierCount = version.OutlierCount };
        response.Topics.AddRange(version.Topics.Select(
            topic => TopicToWire.Map(topic, version.ResourceName, request.WordCount, request.OmitRepresentativeDocuments)));
        return Task.FromResult(response);
    }

    public override Task<Wire.GetTopicResponse> GetTopic(Wire.GetTopicRequest request, ServerCallContext context)
    {
        FakeVersion version = Version(request.Selector);
        TopicInfo topic = request.TopicUid.Length > 0
            ? version.Topics.FirstOrDefault(topic => topic.Uid == request.TopicUid) ?? throw Missing(version, request.TopicUid)
            : Topic(version, request.TopicId);
        return Task.FromResult(
            new Wire.GetTopicResponse { Topic = TopicToWire.Map(topic, version.ResourceName, wordCount: 0, omitDocuments: false) });
    }

    public override Task<Wire.ListTopicDocumentsResponse> ListTopicDocuments(
        Wire.ListTopicDocumentsRequest request, ServerCallContext context)
    {
        FakeVersion version = Version(request.Selector);
        int? only = request.HasTopicId ? Topic(version, request.TopicId).Id : null;
        Wire.ListTopicDocumentsResponse response = new() { ModelVersion = version.ResourceName };
        IEnumerable<DocumentTopic> documents = request.Corpus.Length == 0
            ? version.Documents.OrderBy(static document => document.DocumentId, StringComparer.Ordinal)
            : assignments.Find(WireNames.Id(request.Corpus), version.ResourceName) ?? throw StatusToWire.Exception(
                TopicGrpcStatus.FailedPrecondition,
                ErrorReasons.NotAvailable,
                $"'{version.ResourceName}' has not assigned the documents of '{request.Corpus}'. Call AssignCorpus first.");
        response.Members.AddRange(documents
            .Where(document => only is null || document.TopicId == only)
            .Select(document => QueryToWire.Map(document, request)));
        return Task.FromResult(response);
    }

    private FakeVersion Version(Wire.ModelSelector selector) => models.Resolve(SelectorFromWire.Map(selector));

    private static TopicInfo Topic(FakeVersion version, int topicId) =>
        version.Topics.FirstOrDefault(topic => topic.Id == topicId) ?? throw Missing(
            version, topicId.ToString(CultureInfo.InvariantCulture));

    private static RpcException Missing(FakeVersion version, string topic) => StatusToWire.Exception(
        TopicGrpcStatus.NotFound,
        ErrorReasons.TopicNotFound,
        $"Version {version.Version} of the fake's model '{version.Model}' has no topic {topic}.");
}
