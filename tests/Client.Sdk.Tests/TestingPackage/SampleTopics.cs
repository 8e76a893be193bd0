using TopicGrpc.Client.Topics;

namespace TopicGrpc.Client.Sdk.Tests.TestingPackage;

/// <summary>The topics of the models in these tests.</summary>
internal static class SampleTopics
{
    public static TopicInfo[] All { get; } =
    [
        new()
        {
            Id = 1,
            Uid = "uid-1",
            Name = "1_space_orbit",
            Label = "Space",
            Count = 5,
            Words = [new TopicWord("space", 0.75), new TopicWord("orbit", 0.5)],
        },
        new() { Id = -1, Name = "-1_the_of", Count = 5 },
        new()
        {
            Id = 0,
            Uid = "uid-0",
            Name = "0_gpu_card",
            Count = 10,
            Words = [new TopicWord("gpu", 0.5), new TopicWord("card", 0.25)],
            RepresentativeDocuments = [new RepresentativeDocument("d1", "a graphics card")],
            Aspects = new Dictionary<string, IReadOnlyList<TopicWord>> { ["Weighted"] = [new TopicWord("driver", 1)] },
        },
    ];
}
