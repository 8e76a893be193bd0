using TopicGrpc.Client.Topics;

namespace TopicGrpc.Client.Sdk.Tests.Mapping;

public sealed class TopicTests
{
    [Fact]
    public void Map_Aspects_AreKeptByName()
    {
        V1.Topic wire = new()
        {
            TopicId = 3,
            Words = { new V1.TopicWord { Term = "moon", Score = 0.5 } },
            Aspects =
            {
                new V1.TopicAspect
                {
                    Name = "Close",
                    Words = { new V1.TopicWord { Term = "orbit", Score = 0.75 }, new V1.TopicWord { Term = "moon", Score = 0.25 } },
                },
            },
        };

        TopicInfo topic = TopicMapping.Map(wire);

        Assert.Equal([new TopicWord("orbit", 0.75), new TopicWord("moon", 0.25)], Assert.Single(topic.Aspects).Value);
        Assert.Equal("Close", topic.Aspects.Keys.Single());
        Assert.Equal([new TopicWord("moon", 0.5)], topic.Words);
    }
}
