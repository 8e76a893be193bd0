using System.Collections.Concurrent;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using TopicGrpc.V1;

namespace TopicGrpc.Client.Sdk.Tests.Fakes;

/// <summary>Answers questions about topics with fixed figures, the lists in two pages.</summary>
internal sealed class FakeTopicService : TopicService.TopicServiceBase
{
    private const string Version = "models/news/versions/12";

    public static readonly DateTimeOffset Day = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public ConcurrentQueue<ListTopicsOverTimeRequest> OverTime { get; } = new();

    public override Task<SearchTopicsResponse> SearchTopics(SearchTopicsRequest request, ServerCallContext context) =>
        Task.FromResult(new SearchTopicsResponse
        {
            ModelVersion = Version,
            Hits =
            {
                new SearchTopicsResponse.Types.Hit
                {
                    Topic = new Topic { TopicId = request.MaxResults, TopicName = request.Query, DocumentCount = 9 },
                    Similarity = 0.5,
                },
            },
        });

    public override Task<GetTopicHierarchyResponse> GetTopicHierarchy(GetTopicHierarchyRequest request, ServerCallContext context) =>
        Task.FromResult(new GetTopicHierarchyResponse
        {
            ModelVersion = Version,
            Tree = ".\n",
            Merges =
            {
                new GetTopicHierarchyResponse.Types.Merge
                {
                    Node = 2,
                    NodeName = "a_b",
                    Left = 0,
                    LeftName = "a",
                    Right = 1,
                    RightName = "b",
                    Distance = 0.25,
                    TopicIds = { 0, 1 },
                },
            },
        });

    public override Task<ListTopicsOverTimeResponse> ListTopicsOverTime(ListTopicsOverTimeRequest request, ServerCallContext context)
    {
        OverTime.Enqueue(request);
        bool first = request.PageToken.Length == 0;
        return Task.FromResult(new ListTopicsOverTimeResponse
        {
            ModelVersion = Version,
            UndatedCount = 3,
            NextPageToken = first ? "second" : "",
            Points =
            {
                new ListTopicsOverTimeResponse.Types.Point
                {
                    Time = Timestamp.FromDateTimeOffset(Day.AddDays(first ? 0 : 1)),
                    TopicId = 4,
                    DocumentCount = 7,
                    Words = { new TopicWord { Term = "gpu", Score = 0.5 } },
                },
            },
        });
    }

    public override Task<ListTopicsPerClassResponse> ListTopicsPerClass(ListTopicsPerClassRequest request, ServerCallContext context) =>
        Task.FromResult(new ListTopicsPerClassResponse
        {
            ModelVersion = Version,
            UnclassifiedCount = 2,
            Points = { new ListTopicsPerClassResponse.Types.Point { ClassName = request.Attribute, TopicId = -1, DocumentCount = 5 } },
        });
}
