using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Words;

namespace TopicGrpc.Engine.Topics.Description;

/// <summary>
/// Groups of documents that are together in several groupings, so that counts of every grouping are sums of their counts.
/// </summary>
internal sealed class CommonGroups
{
    private readonly IReadOnlyList<TopicAssignments> _groupings;
    private readonly List<int> _firstDocuments = [];

    public CommonGroups(IReadOnlyList<TopicAssignments> groupings)
    {
        _groupings = groupings;
        Groups = new int[groupings[0].Topics.Length];
        foreach (TopicAssignments grouping in groupings)
        {
            Dictionary<(int Group, int Topic), int> numbers = [];
            _firstDocuments.Clear();
            for (int document = 0; document < Groups.Length; document++)
            {
                (int, int) key = (Groups[document], grouping.Topics[document]);
                if (!numbers.TryGetValue(key, out int number))
                {
                    number = numbers.Count;
                    numbers.Add(key, number);
                    _firstDocuments.Add(document);
                }

                Groups[document] = number;
            }
        }
    }

    /// <summary>Group of each document.</summary>
    public int[] Groups { get; }

    public int Count => _firstDocuments.Count;

    /// <summary>Returns the counts of the rows of one grouping.</summary>
    /// <param name="parts">Counts, groups × terms.</param>
    /// <param name="grouping">Number of the grouping.</param>
    public CsrMatrix<int> Sum(CsrMatrix<int> parts, int grouping)
    {
        TopicAssignments assignments = _groupings[grouping];
        List<int>[] members = [.. Enumerable.Range(0, assignments.RowCount).Select(static _ => new List<int>())];
        for (int group = 0; group < _firstDocuments.Count; group++)
        {
            members[assignments.Topics[_firstDocuments[group]] + assignments.OutlierOffset].Add(group);
        }

        CsrBuilder<int> sums = new(parts.Columns, members.Length);
        SparseCounter counter = new(parts.Columns);
        foreach (List<int> row in members)
        {
            foreach (int group in row)
            {
                ReadOnlySpan<int> columns = parts.RowColumns(group);
                ReadOnlySpan<int> values = parts.RowValues(group);
                for (int i = 0; i < columns.Length; i++)
                {
                    counter.Add(columns[i], values[i]);
                }
            }

            (int[] terms, int[] counts) = counter.Take();
            sums.AddRow(terms, counts);
        }

        return sums.Build();
    }
}
