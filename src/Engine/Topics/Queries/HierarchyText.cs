using System.Globalization;
using System.Text;

namespace TopicGrpc.Engine.Topics.Queries;

/// <summary>Draws a hierarchy of topics as text; BERTopic's <c>get_topic_tree</c>.</summary>
public static class HierarchyText
{
    private const int LongestName = 100;

    /// <summary>Draws the tree.</summary>
    /// <param name="merges">All merges, in any order.</param>
    /// <returns>One line a node, the root a dot; empty without merges.</returns>
    public static string Draw(IReadOnlyList<HierarchyMerge> merges)
    {
        ArgumentNullException.ThrowIfNull(merges);
        if (merges.Count == 0)
        {
            return string.Empty;
        }

        var byParent = merges.ToDictionary(merge => merge.ParentId);
        StringBuilder text = new(".\n");

        // Depth can reach the number of topics, so the way down is kept in a stack of its own.
        Stack<(int Node, string Name, string Indent, bool Last)> open = new();
        Push(open, byParent[byParent.Keys.Max()], string.Empty);
        while (open.TryPop(out (int Node, string Name, string Indent, bool Last) item))
        {
            text.Append(item.Indent).Append(item.Last ? "└─" : "├─");
            string name = item.Name.Length > LongestName ? item.Name[..LongestName] : item.Name;
            if (byParent.TryGetValue(item.Node, out HierarchyMerge? merge))
            {
                text.Append(name).Append('\n');
                Push(open, merge, item.Indent + (item.Last ? "     " : "│    "));
            }
            else
            {
                text.Append(CultureInfo.InvariantCulture, $"■──{name} ── Topic: {item.Node}\n");
            }
        }

        return text.ToString();
    }

    private static void Push(Stack<(int Node, string Name, string Indent, bool Last)> open, HierarchyMerge merge, string indent)
    {
        open.Push((merge.RightId, merge.RightName, indent, Last: true));
        open.Push((merge.LeftId, merge.LeftName, indent, Last: false));
    }
}
