using TopicGrpc.Engine.Documents;
using TopicGrpc.Engine.Topics.Fitting;
using TopicGrpc.Engine.Topics.Reports;
using TopicGrpc.Engine.Topics.Settings;
using Xunit;

namespace TopicGrpc.Engine.Tests.Topics.Fitting;

public sealed class SampleChoiceTests
{
    private static readonly SampledCorpus Corpus = new();

    [Fact]
    public void Of_LargerSize_ContainsTheSmallerSample()
    {
        int[] small = SampleChoice.Of(Corpus.Documents, new TopicSample { Size = 100 }).Rows;
        int[] large = SampleChoice.Of(Corpus.Documents, new TopicSample { Size = 300 }).Rows;

        Assert.Equal(100, small.Length);
        Assert.Equal(300, large.Length);
        Assert.Empty(small.Except(large));
    }

    [Fact]
    public void Of_MoreDocuments_KeepsTheirOrderOfChoice()
    {
        Document[] half = [.. Corpus.Documents.Take(400)];
        int[] ofHalf = SampleChoice.Of(half, new TopicSample { Size = 200 }).Rows;
        int[] ofAll = SampleChoice.Of(Corpus.Documents, new TopicSample { Size = 200 }).Rows;

        Assert.Empty(ofAll.Where(static row => row < 400).Except(ofHalf));
    }

    [Fact]
    public void Of_Attribute_EachValueHasItsShare()
    {
        var choice = SampleChoice.Of(Corpus.Documents, new TopicSample { Size = 200, Attribute = "source" });
        int forum = Corpus.Documents.Count(static document => document.Attributes!["source"] == "forum");

        Assert.Equal(["mail", "forum"], choice.Strata.Select(static stratum => stratum.Name));
        Assert.Equal(forum, choice.Strata[1].Documents);
        Assert.Equal(Math.Round(200.0 * forum / Corpus.Documents.Count), choice.Strata[1].Sampled);
        Assert.Equal(choice.Strata[1].Sampled, choice.Rows.Count(static row => Corpus.Documents[row].Attributes!["source"] == "forum"));
    }

    [Fact]
    public void Of_TimeStrata_SpansHaveTheSameNumberOfDocuments()
    {
        var choice = SampleChoice.Of(Corpus.Documents, new TopicSample { Size = 200, TimeStrata = 3 });

        Assert.Equal(4, choice.Strata.Count);
        Assert.Equal(200, choice.Strata.Sum(static stratum => stratum.Sampled));
        SampleStratum[] spans = [.. choice.Strata.Where(static stratum => stratum.Name.Length > 0)];
        Assert.Equal("2026-01-01T00:00:00Z", spans.Min(static stratum => stratum.Name));
        Assert.InRange(spans.Max(static stratum => stratum.Documents) - spans.Min(static stratum => stratum.Documents), 0, 1);
    }

    [Fact]
    public void Of_RareStrata_EachHasADocument()
    {
        Document[] documents =
        [
            .. Enumerable.Range(0, 5000).Select(static row => new Document(
                $"d{row}", "text", null, new Dictionary<string, string> { ["lang"] = row < 40 ? $"rare{row}" : "common" })),
        ];

        var choice = SampleChoice.Of(documents, new TopicSample { Size = 100, Attribute = "lang" });

        Assert.Equal(100, choice.Rows.Length);
        Assert.Equal(41, choice.Strata.Count);
        Assert.All(choice.Strata, static stratum => Assert.InRange(stratum.Sampled, 1, stratum.Documents));
        Assert.Equal(60, choice.Strata[0].Sampled);
    }

    [Fact]
    public void Of_MoreStrataThanTheSize_FillsTheSample()
    {
        Document[] documents =
        [
            .. Enumerable.Range(0, 400).Select(static row => new Document(
                $"d{row}", "text", null, new Dictionary<string, string> { ["user"] = $"u{row / 2}" })),
        ];

        var choice = SampleChoice.Of(documents, new TopicSample { Size = 150, Attribute = "user" });

        Assert.Equal(150, choice.Rows.Length);
        Assert.Equal(choice.Rows.Order(), choice.Rows.Distinct());
    }
}
