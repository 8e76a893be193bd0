using TopicGrpc.V1;

namespace TopicGrpc.Server.Tests.Fitting;

/// <summary>Requests with many terms.</summary>
internal static class LargeSettings
{
    /// <summary>
    /// Returns a request for a fit of corpus <c>news</c> with a fixed vocabulary of words of at most six letters, some of them in the
    /// themed texts.
    /// </summary>
    public static StartFitRequest Request(int words)
    {
        StartFitRequest request = TestServer.FitRequest("news", "m", "stable");
        request.Settings.Vectorizer = new VectorizerSettings { Vocabulary = { Words(words) } };
        return request;
    }

    public static IEnumerable<string> Words(int count) =>
        new[] { "rocket", "lunar", "pixel", "video", "puck", "league", "key", "secret" }
            .Concat(Enumerable.Range(0, count).Select(Word))
            .Take(count);

    // Base 26 with a leading q: no word of the themed texts begins with it.
    private static string Word(int index) => string.Create(6, index, static (letters, value) =>
    {
        letters[0] = 'q';
        for (int place = 5; place > 0; place--)
        {
            letters[place] = (char)('a' + (value % 26));
            value /= 26;
        }
    });
}
