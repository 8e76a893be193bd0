using System.Text;

namespace TopicGrpc.Engine.Charts;

/// <summary>Text in XML.</summary>
internal static class SvgText
{
    /// <summary>Appends text with escaped markup; omits characters that XML 1.0 forbids, including unpaired surrogates.</summary>
    public static void AppendEscaped(StringBuilder target, ReadOnlySpan<char> text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            switch (c)
            {
                case '&':
                    target.Append("&amp;");
                    break;
                case '<':
                    target.Append("&lt;");
                    break;
                case '>':
                    target.Append("&gt;");
                    break;
                case '"':
                    target.Append("&quot;");
                    break;
                case '\r':
                    // An XML parser replaces a carriage return by a line feed; "\r\n" is one line end.
                    target.Append(i + 1 < text.Length && text[i + 1] == '\n' ? "" : "\n");
                    break;
                case '\t' or '\n':
                    target.Append(c);
                    break;
                case < ' ' or '\uFFFE' or '\uFFFF':
                    break;
                default:
                    if (!char.IsSurrogate(c))
                    {
                        target.Append(c);
                    }
                    else if (i + 1 < text.Length && char.IsSurrogatePair(c, text[i + 1]))
                    {
                        target.Append(c).Append(text[++i]);
                    }

                    break;
            }
        }
    }

    /// <summary>Returns text with escaped markup; see <see cref="AppendEscaped"/>.</summary>
    public static string Escape(string text)
    {
        StringBuilder target = new(text.Length + 16);
        AppendEscaped(target, text);
        return target.ToString();
    }

    /// <summary>
    /// Returns the text, or its first <paramref name="length"/> characters and an ellipsis if it is longer; does not split
    /// surrogate pairs.
    /// </summary>
    public static string Cut(string text, int length, string ellipsis)
    {
        if (text.Length <= length)
        {
            return text;
        }

        int end = length > 0 && char.IsHighSurrogate(text[length - 1]) ? length - 1 : length;
        return string.Concat(text.AsSpan(0, end), ellipsis);
    }
}
