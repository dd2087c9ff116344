package dev.nightshift.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.nightshift.bench.report.BarChart.Bar;
import dev.nightshift.bench.report.BarChart.Panel;
import java.io.StringReader;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

final class BarChartTest {
    private static final Panel SECONDS = new Panel(
            "took", List.of(bar(200, "200 s"), bar(100, "100 s"), none()), 0, false, OptionalDouble.empty(), "");
    private static final Panel LAG = new Panel(
            "lag", List.of(bar(100, "100 s"), bar(1, "1 s"), none()), 0.01, true, OptionalDouble.of(5), "budget");

    @Test
    void is_well_formed_whatever_its_texts_hold() throws Exception {
        Document svg = parsed(new BarChart(
                "a < b & \"c\"", "<sub>", List.of("one", "two", "<three>"), Set.of("one"), List.of(SECONDS, LAG)));
        assertThat(svg.getDocumentElement().getTagName()).isEqualTo("svg");
        assertThat(svg.getElementsByTagName("rect").getLength()).isEqualTo(4);
        assertThat(svg.getElementsByTagName("line").getLength()).isEqualTo(1);
        assertThat(svg.getDocumentElement().getTextContent())
                .contains("<three>", "failed", "prefers-color-scheme: dark");
    }

    @Test
    void bars_are_as_long_as_their_figures_say() throws Exception {
        Document svg = parsed(new BarChart("t", "s", List.of("one", "two", "three"), Set.of("two"), List.of(SECONDS)));
        assertThat(((Element) svg.getElementsByTagName("rect").item(1)).getAttribute("class"))
                .isEqualTo("strong");
        assertThat(width(svg, 0)).isCloseTo(2 * width(svg, 1), within(0.2));
    }

    @Test
    void a_logarithmic_panel_gives_each_tenfold_the_same_length() {
        assertThat(LAG.share(100)).isEqualTo(1);
        assertThat(LAG.share(1)).isCloseTo(0.5, within(1e-9));
        assertThat(LAG.share(0.1)).isCloseTo(0.25, within(1e-9));
        assertThat(LAG.share(0.001)).isZero();
    }

    @Test
    void a_figure_is_not_written_across_the_line_of_the_limit() {
        // Of 170 pixels to 100 s, the limit of 5 s is at 115.
        assertThat(BarChart.beside(LAG, 100)).isEqualTo(6 + 115);
        assertThat(BarChart.beside(LAG, 20)).isEqualTo(6 + 20);
        assertThat(BarChart.beside(LAG, 130)).isEqualTo(6 + 130);
        assertThat(BarChart.beside(SECONDS, 100)).isEqualTo(6 + 100);
    }

    @Test
    void a_limit_beyond_all_figures_is_the_end_of_the_axis() {
        Panel panel = new Panel("lag", List.of(bar(1, "1 s")), 0, false, OptionalDouble.of(5), "budget");
        assertThat(panel.share(5)).isEqualTo(1);
        assertThat(panel.share(1)).isCloseTo(0.2, within(1e-9));
    }

    private static double width(Document svg, int index) {
        return Double.parseDouble(((Element) svg.getElementsByTagName("rect").item(index)).getAttribute("width"));
    }

    private static Document parsed(BarChart chart) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(chart.svg())));
    }

    private static Bar bar(double value, String text) {
        return new Bar(OptionalDouble.of(value), text);
    }

    private static Bar none() {
        return new Bar(OptionalDouble.empty(), "failed");
    }
}
