using TopicGrpc.Engine.Words;
using Xunit;

namespace TopicGrpc.Engine.Tests.Words;

public sealed class StopWordsTests
{
    [Fact]
    public void English_List_HasTheWordsOfScikitLearn()
    {
        Assert.Equal(318, StopWords.English.Count);
        Assert.All(new[] { "amoungst", "cant", "couldnt", "hasnt", "noone" }, word => Assert.Contains(word, StopWords.English));
        Assert.All(new[] { "don", "ve", "ll", "isn", "seven" }, word => Assert.DoesNotContain(word, StopWords.English));
    }
}
