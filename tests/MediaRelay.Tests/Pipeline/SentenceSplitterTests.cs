using FsCheck;
using FsCheck.Fluent;
using Rapida.MediaRelay.Pipeline;

namespace Rapida.MediaRelay.Tests.Pipeline;

public sealed class SentenceSplitterTests
{
    [Fact]
    public void The_first_clause_of_an_answer_need_not_wait_for_its_sentence()
    {
        var splitter = new SentenceSplitter(startsEarly: true);

        Assert.Equal(["So that is Friday at nine fifteen,"], splitter.Push("So that is Friday at nine fifteen, "));
        Assert.Equal(["and your number is one, two, three."], splitter.Push("and your number is one, two, three. "));
    }

    [Fact]
    public void A_short_clause_is_not_torn_off() =>
        Assert.Equal(["Well, yes, I see."], new SentenceSplitter(startsEarly: true).Push("Well, yes, I see. "));

    [Theory]
    [InlineData("Hello. How are you?", "Hello.|How are you?")]
    [InlineData("It costs 3.50 today. Fine!", "It costs 3.50 today.|Fine!")]
    [InlineData("Dr. Smith is here at 10 a.m. tomorrow.", "Dr. Smith is here at 10 a.m. tomorrow.")]
    [InlineData("\"Is it right?\" she asks. Yes", "\"Is it right?\"|she asks.|Yes")]
    [InlineData("one\ntwo", "one|two")]
    [InlineData("   ", "")]
    public void Text_is_cut_into_sentences(string text, string sentences) => Assert.Equal(sentences, string.Join('|', Split(text)));

    [Fact]
    public void A_sentence_is_complete_with_the_space_after_it()
    {
        var splitter = new SentenceSplitter();

        Assert.Empty(splitter.Push("Hello."));
        Assert.Equal(["Hello."], splitter.Push(" I"));
    }

    [Fact]
    public void However_it_comes_no_word_is_lost() =>
        Prop.ForAll(Gen.Elements("Hello. ", "it is", " 3.5 ", "right? ", "\n", "yes, ", "!").ListOf().ToArbitrary(), pieces =>
            Words(string.Join(' ', Split([.. pieces]))) == Words(string.Concat(pieces))).QuickCheckThrowOnFailure();

    private static string Words(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static List<string> Split(params string[] pieces)
    {
        var splitter = new SentenceSplitter();
        List<string> sentences = [.. pieces.SelectMany(splitter.Push)];
        if (splitter.Finish() is { } last)
            sentences.Add(last);
        return sentences;
    }
}
