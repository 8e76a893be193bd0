using System.Globalization;
using TopicGrpc.Engine.Documents;
using TopicGrpc.Engine.Numerics;
using TopicGrpc.Parity.Inputs;

namespace TopicGrpc.Settings.Planting;

/// <summary>
/// Generator of corpora whose number of groups is known. A document has one to three sentences; their patterns are shared by all groups,
/// and their gaps are filled with words of the document's group, so that neighboring groups overlap as in real corpora.
/// </summary>
internal sealed class PlantedCorpus
{
    /// <summary>Class of the documents that belong to no group.</summary>
    public const string Foreign = "foreign";

    /// <summary>Most groups of a plan.</summary>
    public const int MostGroups = 150;

    /// <summary>Smallest group of a Zipf distribution; fewer documents are no topic.</summary>
    private const int SmallestGroup = 10;

    private const int MostSentences = 3;
    private const int GapCount = 3;
    private const string RepeatedText =
        "This message was sent automatically. Please do not reply to this address; use the form on our website instead.";

    private readonly PlantedPlan _plan;
    private readonly GroupWords[] _groups;
    private readonly GroupWords[] _german = GroupWords.ReadAll("groups-de.txt");
    private readonly IReadOnlyList<string> _patterns = GroupWords.Lines("sentences-en.txt");
    private readonly IReadOnlyList<string> _germanPatterns = GroupWords.Lines("sentences-de.txt");
    private readonly MersenneTwister _random;

    private PlantedCorpus(PlantedPlan plan)
    {
        if (plan.Groups is < 2 or > MostGroups)
        {
            throw new ArgumentException($"groups is {plan.Groups}; it must be 2 to {MostGroups}.", nameof(plan));
        }

        _plan = plan;
        _random = new MersenneTwister((uint)plan.Seed);
        _groups = Shuffled(GroupWords.ReadAll("groups-en.txt"))[..plan.Groups];
    }

    /// <summary>Generates the documents, in random order, with their class as label; foreign documents have the label "foreign".</summary>
    public static LabeledDocument[] Create(PlantedPlan plan) => new PlantedCorpus(plan).Generate();

    private LabeledDocument[] Generate()
    {
        int foreign = (int)(_plan.ForeignShare * _plan.Documents);
        int duplicates = (int)(_plan.DuplicateShare * _plan.Documents);
        int german = (int)(_plan.GermanShare * _plan.Documents);
        List<(string Class, string Text)> documents = [];
        int[] sizes = Sizes(_plan.Documents - foreign - duplicates - german);
        for (int group = 0; group < sizes.Length; group++)
        {
            for (int i = 0; i < sizes[group]; i++)
            {
                documents.Add((_groups[group].Name, Text(_patterns, () => Pick(_groups[group].Words))));
            }
        }

        for (int i = 0; i < foreign; i++)
        {
            documents.Add((Foreign, Text(_patterns, () => Pick(Pick(_groups).Words))));
        }

        for (int i = 0; i < duplicates; i++)
        {
            documents.Add(("repeated", RepeatedText));
        }

        for (int i = 0; i < german; i++)
        {
            GroupWords group = Pick(_german);
            documents.Add(("German", Text(_germanPatterns, () => Pick(group.Words))));
        }

        return
        [
            .. Shuffled([.. documents]).Select((document, row) => new LabeledDocument(
                new Document(row.ToString("D8", CultureInfo.InvariantCulture), document.Text), null, document.Class)),
        ];
    }

    /// <summary>Divides the documents into groups whose sizes sum to <paramref name="documents"/>.</summary>
    private int[] Sizes(int documents)
    {
        double[] shares = [.. Enumerable.Range(1, _plan.Groups).Select(rank => _plan.Zipf ? 1.0 / rank : 1.0)];
        int least = Math.Min(SmallestGroup, documents / _plan.Groups);
        double free = documents - (least * _plan.Groups);
        double total = shares.Sum();
        int[] sizes = [.. shares.Select(share => least + (int)(free * share / total))];
        sizes[0] += documents - sizes.Sum();
        return sizes;
    }

    private string Text(IReadOnlyList<string> patterns, Func<string> word)
    {
        int count = 1 + _random.NextUpTo(MostSentences - 1);
        object[] words = new object[GapCount];
        string[] sentences = new string[count];
        for (int i = 0; i < count; i++)
        {
            for (int gap = 0; gap < GapCount; gap++)
            {
                words[gap] = word();
            }

            sentences[i] = string.Format(CultureInfo.InvariantCulture, Pick(patterns), words);
        }

        return string.Join(' ', sentences);
    }

    private T Pick<T>(IReadOnlyList<T> items) => items[_random.NextUpTo(items.Count - 1)];

    /// <summary>Returns the items in random order (Fisher and Yates).</summary>
    private T[] Shuffled<T>(T[] items)
    {
        for (int i = items.Length - 1; i > 0; i--)
        {
            int other = _random.NextUpTo(i);
            (items[i], items[other]) = (items[other], items[i]);
        }

        return items;
    }
}
