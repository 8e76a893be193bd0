using FsCheck.Xunit;
using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Words;
using Xunit;

namespace TopicGrpc.Engine.Tests.Words;

public sealed class CountVectorizerTests
{
    [Fact]
    public void Fit_Ngrams_BridgeStopWordsAndDocumentBorders()
    {
        WordOptions options = new() { MaxNgram = 2, StopWords = StopWords.English };

        WordCounts counts = WordCase.Count(options, [0, 0], "goalie of the game", "hockey");

        Assert.Equal(["game", "game hockey", "goalie", "goalie game", "hockey"], counts.Vocabulary.Terms);
    }

    [Fact]
    public void Fit_OnlyTrigrams_LeavesShorterTermsOut()
    {
        WordCounts counts = WordCase.Count(new WordOptions { MinNgram = 3, MaxNgram = 3 }, "aa bb cc dd", "aa bb cc");

        Assert.Equal(["aa bb cc", "bb cc dd"], counts.Vocabulary.Terms);
        Assert.Equal([1, 1, 1], counts.Counts.Values);
    }

    [Fact]
    public void Fit_AstralLetters_StandAfterTheBasicPlane()
    {
        WordCounts counts = WordCase.Count(new WordOptions(), "\U00010428a \uFB01a zz aa");

        Assert.Equal(["aa", "zz", "\uFB01a", "\U00010428a"], counts.Vocabulary.Terms);
    }

    [Property(MaxTest = 100)]
    public void Fit_RandomWords_TermsInCodePointOrderWithTheirCounts(int seed)
    {
        // Words that are prefixes of others, and characters above the surrogates.
        string[] words = ["a1", "a1b", "a1bc", "b2", "b2a", "\uFB01a", "\uFB01ab", "\U00010428a", "zz", "z_"];
        Random random = new(seed);
        WordOptions options = new() { MinNgram = random.Next(1, 4), MaxNgram = 3 };
        string[][] texts =
        [
            .. Enumerable.Range(0, 4).Select(_ => random.GetItems(words, random.Next(3, 40))),
        ];

        WordCounts counts = WordCase.Count(options, [.. texts.Select(text => string.Join(' ', text))]);

        string[][] expected = [.. texts.Select(text => Terms(text, options).Order(CodePointOrder.Instance).ToArray())];
        Assert.Equal(expected.SelectMany(terms => terms).Distinct().Order(CodePointOrder.Instance), counts.Vocabulary.Terms);
        for (int row = 0; row < texts.Length; row++)
        {
            Range range = counts.Counts.RowStarts[row]..counts.Counts.RowStarts[row + 1];
            Assert.Equal(expected[row].Distinct(), counts.Counts.ColumnIndices[range].Select(column => counts.Vocabulary.Terms[column]));
            Assert.Equal(expected[row].GroupBy(term => term).Select(group => group.Count()), counts.Counts.Values[range]);
        }
    }

    [Theory]
    [InlineData(1, 1.0, "aa bb cc")]
    [InlineData(2, 1.0, "aa bb")]
    [InlineData(3, 1.0, "aa")]
    [InlineData(1, 0.7, "bb cc")]
    [InlineData(1, 0.5, "cc")]
    public void Fit_FrequencyLimits_CountTopics(int least, double most, string expected)
    {
        WordOptions options = new() { MinTopicFrequency = FrequencyLimit.Count(least), MaxTopicFrequency = FrequencyLimit.Share(most) };

        WordCounts counts = WordCase.Count(options, "aa aa bb cc", "aa bb", "aa");

        Assert.Equal(expected?.Split(' '), counts.Vocabulary.Terms);
    }

    /// <summary>BERTopic's min_df 0.01 and max_df 0.95, which count topics: the minimum and maximum number of topics with a term.</summary>
    [Theory]
    [InlineData(2, 1, 1)]
    [InlineData(40, 1, 38)]
    [InlineData(100, 1, 95)]
    [InlineData(101, 2, 95)]
    [InlineData(150, 2, 142)]
    [InlineData(200, 2, 190)]
    public void Fit_SharesOfTopics_KeepTermsBetweenBoth(int topics, int least, int most)
    {
        WordOptions options = new() { MinTopicFrequency = FrequencyLimit.Share(0.01), MaxTopicFrequency = FrequencyLimit.Share(0.95) };

        // Term n occurs in the first n topics.
        string[] texts =
        [
            .. Enumerable.Range(0, topics).Select(
                topic => string.Join(' ', Enumerable.Range(topic + 1, topics - topic).Select(count => $"t{count:D3}"))),
        ];
        string[] terms = [.. WordCase.Count(options, texts).Vocabulary.Terms];

        Assert.Equal((most - least + 1, $"t{least:D3}", $"t{most:D3}"), (terms.Length, terms[0], terms[^1]));
    }

    [Fact]
    public void Fit_TopicsWithOutliersFirst_JoinsTheirTextsInDocumentOrder()
    {
        // Rows: outliers, topic 0, topic 1. Trigrams across documents show the order of joining and the single space.
        WordCounts counts = WordCase.Count(
            new WordOptions { MinNgram = 3, MaxNgram = 3 }, [1, 0, 2, 0, 1], "aa", "xx", "pp qq rr", "yy zz", "bb cc");

        Assert.Equal(["aa bb cc", "pp qq rr", "xx yy zz"], counts.Vocabulary.Terms);
        Assert.Equal([2, 0, 1], counts.Counts.ColumnIndices);
    }

    [Fact]
    public void Fit_OneToThreeWords_CountsUnigramsBigramsAndTrigramsAcrossARemovedWord()
    {
        WordOptions options = new() { MinNgram = 1, MaxNgram = 3, StopWords = ["cc"] };

        WordCounts counts = WordCase.Count(options, "aa bb cc dd ee");

        Assert.Equal(["aa", "aa bb", "aa bb dd", "bb", "bb dd", "bb dd ee", "dd", "dd ee", "ee"], counts.Vocabulary.Terms);
    }

    [Fact]
    public void Fit_ShareOneAndCountOne_Differ()
    {
        WordOptions share = new() { MinTopicFrequency = FrequencyLimit.Share(1.0) };
        WordOptions count = new() { MaxTopicFrequency = FrequencyLimit.Count(1) };

        Assert.Equal(["aa"], WordCase.Count(share, "aa bb", "aa cc").Vocabulary.Terms);
        Assert.Equal(["bb", "cc"], WordCase.Count(count, "aa bb", "aa cc").Vocabulary.Terms);
    }

    [Fact]
    public void Fit_OneTopicBelowMaxShare_NamesTheSettingAndTopics()
    {
        WordOptions options = new() { MaxTopicFrequency = FrequencyLimit.Share(0.95) };

        VocabularyException problem = Assert.Throws<VocabularyException>(() => WordCase.Count(options, "aa bb"));

        Assert.Contains("max_df 0.95", problem.Message, StringComparison.Ordinal);
        Assert.Contains("1 topics", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fit_MaxBelowMin_NamesBothSettings()
    {
        WordOptions options = new() { MinTopicFrequency = FrequencyLimit.Count(5), MaxTopicFrequency = FrequencyLimit.Count(2) };

        VocabularyException problem = Assert.Throws<VocabularyException>(() => WordCase.Count(options, "aa", "bb"));

        Assert.Contains("min_df 5", problem.Message, StringComparison.Ordinal);
        Assert.Contains("max_df 2", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fit_OnlyStopWords_NamesThem()
    {
        VocabularyException problem = Assert.Throws<VocabularyException>(
            () => WordCase.Count(new WordOptions { StopWords = StopWords.English }, "the of", "and"));

        Assert.Equal(nameof(WordOptions.StopWords), problem.ParamName);
    }

    [Fact]
    public void Fit_TopicOfOneEmptyText_CountsEmptydoc()
    {
        WordCounts counts = WordCase.Count(new WordOptions(), [0, 1, 2, 2], "aa", "", "", "");

        Assert.Equal(["aa", "emptydoc"], counts.Vocabulary.Terms);
        Assert.Equal([0, 1, 2, 2], counts.Counts.RowStarts);
    }

    [Fact]
    public void Fit_KeepAsciiOnly_DeletesOtherCharacters()
    {
        WordCounts counts = WordCase.Count(new WordOptions { KeepAsciiOnly = true }, "don't state-of-the.art\nnaïve\tß");

        Assert.Equal(["dont", "nave", "stateoftheart"], counts.Vocabulary.Terms);
    }

    [Fact]
    public void Fit_MaxTerms_KeepsTheMostFrequentByCodePointOnTies()
    {
        WordCounts counts = WordCase.Count(new WordOptions { MaxTerms = 2 }, "cc bb aa cc", "bb aa");

        Assert.Equal(["aa", "bb"], counts.Vocabulary.Terms);
    }

    [Fact]
    public void Fit_FixedVocabulary_KeepsItsOrderAndSkipsLimits()
    {
        WordOptions options = new() { Vocabulary = ["zz", "aa", "bb"], MinTopicFrequency = FrequencyLimit.Count(2) };

        WordCounts counts = WordCase.Count(options, "aa zz zz cc", "aa");

        Assert.Equal(["zz", "aa", "bb"], counts.Vocabulary.Terms);
        Assert.Equal([0, 1, 1], counts.Counts.ColumnIndices);
        Assert.Equal([2, 1, 1], counts.Counts.Values);
    }

    [Fact]
    public void CountDocuments_Ngrams_StayInsideEachDocument()
    {
        WordCounts counts = WordCase.Count(new WordOptions { MaxNgram = 2 }, [0, 0], "aa bb", "cc");

        CsrMatrix<int> documents = counts.CountDocuments([0, 1]);

        Assert.Equal(["aa", "aa bb", "bb", "bb cc", "cc"], counts.Vocabulary.Terms);
        Assert.Equal([0, 1, 2, 4], documents.ColumnIndices);
    }

    [Fact]
    public void Count_NewTexts_EqualsTheCountsOfTheFit()
    {
        WordOptions options = new() { MaxNgram = 3, StopWords = ["the"] };
        string[] texts = ["The goalie saved the game GAME", "game the goalie saved", ""];
        WordCounts counts = WordCase.Count(options, texts);

        CsrMatrix<int> again = new VocabularyCounter(counts.Vocabulary, options).Count(texts[..2]);

        Assert.Equal(counts.Counts.RowColumns(0), again.RowColumns(0));
        Assert.Equal(counts.Counts.RowValues(0), again.RowValues(0));
        Assert.Equal(counts.Counts.RowColumns(1), again.RowColumns(1));
    }

    [Property(MaxTest = 100)]
    public void Fit_RandomDocumentsOfRandomTopics_EqualsTheJoinedTexts(int seed)
    {
        // Documents of no or one word: a term can span several of them.
        string[] words = ["aa", "aab", "bb", "bb1", "\uFB01a", "\U00010428a"];
        Random random = new(seed);
        int minNgram = random.Next(1, 6);
        WordOptions options = new() { MinNgram = minNgram, MaxNgram = random.Next(minNgram, 6) };
        string[][] texts =
        [
            ["aa", "bb", "bb", "aa", "aab"],
            .. Enumerable.Range(0, 30).Select(_ => random.GetItems(words, random.Next(0, 5))),
        ];
        int[] topicOf = [.. Enumerable.Range(0, texts.Length).Select(document => document % 4)];
        DocumentTokens tokens = DocumentTokenizer.Read(
            [.. texts.Select(text => string.Join(' ', text))], options, ComputeOptions.Default, CancellationToken.None);
        ClassGroups groups = new(topicOf, 4);

        WordCounts one = new CountVectorizer(options).Fit(tokens, groups, new ComputeOptions { Threads = 1 }, CancellationToken.None);
        WordCounts counts = new CountVectorizer(options).Fit(tokens, groups, new ComputeOptions { Threads = 3 }, CancellationToken.None);

        Assert.Equal(one.Vocabulary.Terms, counts.Vocabulary.Terms);
        for (int topic = 0; topic < 4; topic++)
        {
            string[] joined = [.. texts.Where((_, document) => topicOf[document] == topic).SelectMany(text => text)];
            string[] own = [.. texts.Where((_, document) => topicOf[document] == topic).SelectMany(text => Terms(text, options))];
            RequireCounts(Terms(joined, options), counts, counts.Counts, topic);
            RequireCounts(
                own, counts, counts.CountClasses(groups, ComputeOptions.Default, CancellationToken.None), topic);
        }

        CsrMatrix<int> documents = counts.CountDocuments([.. Enumerable.Range(0, texts.Length)]);
        for (int document = 0; document < texts.Length; document++)
        {
            RequireCounts(Terms(texts[document], options), counts, documents, document);
        }
    }

    [Fact]
    public void CountDocuments_DocumentOfNoTopic_CountsTheTermsOfTheTopics()
    {
        WordCounts counts = WordCase.Count(new WordOptions { MaxNgram = 2 }, [0, -1], "aa bb cc", "bb cc aa");

        CsrMatrix<int> documents = counts.CountDocuments([1]);

        Assert.Equal(["aa", "aa bb", "bb", "bb cc", "cc"], counts.Vocabulary.Terms);
        Assert.Equal([0, 2, 3, 4], documents.ColumnIndices);
    }

    [Fact]
    public void Fit_WordsWithCharactersBelowTheSpace_TermsInCodePointOrder()
    {
        DocumentTokens tokens = new(["b", "a\t", "a", "emptydoc"], [0, 4], [2, 1, 0, 2], [false]) { EmptyTextId = 3 };

        WordCounts counts = new CountVectorizer(new WordOptions { MaxNgram = 2 })
            .Fit(tokens, new ClassGroups([0], 1), ComputeOptions.Default, CancellationToken.None);

        Assert.Equal(["a", "a\t", "a\t b", "a a\t", "b", "b a"], counts.Vocabulary.Terms);
        Assert.Equal([2, 1, 1, 1, 1, 1], counts.Counts.Values);
    }

    private static void RequireCounts(IEnumerable<string> expected, WordCounts counts, CsrMatrix<int> actual, int row) => Assert.Equal(
        expected.GroupBy(term => term).OrderBy(group => group.Key, CodePointOrder.Instance).Select(group => (group.Key, group.Count())),
        actual.RowColumns(row).ToArray()
            .Select(column => counts.Vocabulary.Terms[column])
            .Zip(actual.RowValues(row).ToArray()));

    private static IEnumerable<string> Terms(string[] words, WordOptions options) =>
        from size in Enumerable.Range(options.MinNgram, options.MaxNgram - options.MinNgram + 1)
        from start in Enumerable.Range(0, Math.Max(0, words.Length - size + 1))
        select string.Join(' ', words[start..(start + size)]);
}
